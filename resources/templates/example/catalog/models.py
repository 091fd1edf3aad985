from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse


class Publisher(models.Model):
    name = models.CharField(max_length=120, unique=True)
    country = models.CharField(max_length=60, blank=True)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Author(models.Model):
    name = models.CharField(max_length=120)
    born = models.DateField(null=True, blank=True)
    biography = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Book(models.Model):
    class Genre(models.TextChoices):
        NOVEL = "novel", "Novel"
        SCIENCE_FICTION = "science-fiction", "Science fiction"
        CRIME = "crime", "Crime"
        POETRY = "poetry", "Poetry"
        ESSAY = "essay", "Essay"

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    isbn = models.CharField(
        "ISBN",
        max_length=13,
        unique=True,
        validators=[RegexValidator(r"^\d{13}$", "An ISBN has 13 digits.")],
    )
    genre = models.CharField(max_length=20, choices=Genre)
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, related_name="books"
    )
    authors = models.ManyToManyField(
        Author, through="Contribution", related_name="books"
    )
    published = models.DateField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    price = models.DecimalField(
        max_digits=7, decimal_places=2, validators=[MinValueValidator(0)]
    )
    stock = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title"]
        indexes = [models.Index(fields=["genre", "title"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("catalog:book-detail", kwargs={"slug": self.slug})

    @property
    def is_available(self):
        return self.stock > 0


class Contribution(models.Model):
    """Who did what for a book."""

    class Role(models.TextChoices):
        AUTHOR = "author", "Author"
        EDITOR = "editor", "Editor"
        TRANSLATOR = "translator", "Translator"

    book = models.ForeignKey(
        Book, on_delete=models.CASCADE, related_name="contributions"
    )
    author = models.ForeignKey(
        Author, on_delete=models.PROTECT, related_name="contributions"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.AUTHOR)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["book", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "author", "role"], name="one_contribution_a_role"
            ),
        ]

    def __str__(self):
        return f"{self.author}, {self.get_role_display()} of {self.book}"

import { describe, expect, it } from 'vitest';
import { secretsIn } from '../../../../../main/services/export/find-secrets.ts';

/** Text of a given length that looks random. */
const random = (length: number): string => 'q7Xk2Lm9Zr4Tb8Vw3Np6Yc1Hd5Jf0Gs'.repeat(5).slice(0, length);
const digits = (length: number): string => '8301745296'.repeat(9).slice(0, length);

/** A dot in the middle of each keeps scanners from taking this file itself for a leak. */
const PLANTED = [
  `-----BEGIN PR·IVATE KEY-----`,
  `-----BEGIN RSA PR·IVATE KEY-----`,
  `-----BEGIN EC PR·IVATE KEY-----`,
  `-----BEGIN OPENSSH PR·IVATE KEY-----`,
  `AWS_ACCESS_KEY_ID = "AK·IAAB·CDEFGH12345678"`,
  `aws = AS·IAAB·CDEFGH12345678`,
  `TOKEN = "gh·p_${random(36)}"`,
  `TOKEN = "gh·o_${random(36)}"`,
  `token: gh·s_${random(40)}`,
  `token: gi·thub_pat_${random(70)}`,
  `CI_TOKEN=gl·pat-${random(20)}`,
  `STRIPE_SECRET = "sk·_live_${random(24)}"`,
  `stripe.api_key = "rk·_live_${random(24)}"`,
  `SLACK = "xo·xb-${digits(24)}"`,
  `SLACK = "xo·xp-${digits(30)}-${random(10)}"`,
  `maps = "AI·za${random(35)}"`,
  `MAIL = "SG·.${random(22)}.${random(40)}"`,
  `OPENAI = "sk·-${random(48)}"`,
  `OPENAI = "sk·-proj-${random(48)}"`,
  `CLAUDE = "sk·-ant-${random(60)}"`,
  `SECRET_KEY = "${random(50)}"`,
  `SECRET_KEY = '${random(50)}'`,
  `SECRET_KEY="${random(64)}"`,
  `"SECRET_KEY": "${random(50)}"`,
  `SECRET_KEY : "${random(50)}"`,
  `DATABASE_URL=postgres://shop:${random(12)}@db.example.com/shop`,
  `url = "postgresql://shop:${random(12)}@db.example.com:5432/shop"`,
  `url = "mysql://shop:${random(12)}@10.0.0.5/shop"`,
  `REDIS_URL=redis://:${random(16)}@cache.example.com:6379/0`,
  `REDIS_URL=rediss://default:${random(16)}@cache.example.com:6379/0`,
  `BROKER=amqp://shop:${random(16)}@queue.example.com//`,
  `MONGO=mongodb+srv://shop:${random(16)}@cluster.example.net/shop`,
  `EMAIL_HOST_PASSWORD = "${random(16)}"`,
  `"PASSWORD": "${random(16)}",`,
  `'PASSWORD': '${random(16)}',`,
  `POSTGRES_PASSWORD: "${random(20)}"`,
  `MAILGUN_API_KEY = "${random(32)}"`,
  `API_KEY='${random(32)}'`,
  `TWILIO_AUTH_TOKEN = "${random(32)}"`,
  `OAUTH = {"CLIENT_SECRET": "${random(32)}"}`,
].map((line) => line.replaceAll('·', ''));

describe('secrets in the source', () => {
  it('are planted in 40 ways', () => {
    expect(PLANTED).toHaveLength(40);
  });

  it.each(PLANTED)('%s', (line) => {
    expect(secretsIn(`# settings\n${line}\n`, 'shop/settings.py')).toEqual([
      expect.stringContaining('shop/settings.py, line 2,') as string,
    ]);
  });

  it.each([
    `SECRET_KEY = "django-insecure-${random(50)}"`,
    'SECRET_KEY = os.environ["SECRET_KEY"]',
    'SECRET_KEY = env.secret("SECRET_KEY")',
    'SECRET_KEY=',
    'DATABASE_URL=postgresql://user:password@host/name',
    '# DATABASE_URL=postgresql://shop:PASSWORD@HOST:5432/shop',
    'postgresql://{user}:{password_of_it}@{host}/{name}',
    `DATABASE_URL=postgres://dev:${random(12)}@localhost/dev`,
    'PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]',
    '"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",',
    'password = forms.CharField(widget=forms.PasswordInput)',
  ])('are not seen in %s', (line) => {
    expect(secretsIn(line, 'shop/settings.py')).toEqual([]);
  });

  it('may be passwords of tests', () => {
    expect(secretsIn(`PASSWORD = "${random(16)}"`, 'catalog/tests.py')).toEqual([]);
    expect(secretsIn(`key = "ghp_${random(36)}"`, 'catalog/tests/test_views.py')).toHaveLength(1);
  });
});

import { execFileSync } from 'node:child_process';
import { appendFile, chmod, link, mkdir, open, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { testPython } from '../../support/python-environment.ts';
import { writeBelow } from './sound-project.ts';

/** Where a trap is laid, and what its bait is. */
export interface TrapSite {
  readonly project: string;
  /** A folder outside the project that nobody but the owner of the machine may read or write. */
  readonly outside: string;
  /** A file of it that only code of the project would make. */
  readonly canary: string;
}

/** One way in which a project may do harm to those who merely open it. */
export interface Trap {
  readonly name: string;
  readonly lay: (site: TrapSite) => Promise<void>;
  /** Some of the sound models or routes can't be read, because the trap stands in their file. */
  readonly hides?: boolean;
  /** It waits for somebody who looks for interpreters, which takes a while. */
  readonly interpreters?: boolean;
}

/** Stands in files outside every project: whoever shows it has read them. */
export const SECRET = 'the-secret-of-somebody-else';

const python = ({ canary }: TrapSite): string => `open(${JSON.stringify(canary)}, "a").write("x")\n`;
const shell = ({ canary }: TrapSite): string => `#!/bin/sh\necho x >> '${canary}'\n`;

/** Python that runs as soon as its file is imported. */
const inPython = (path: string): Trap => ({
  name: path,
  lay: async (site) => {
    await mkdir(dirname(join(site.project, path)), { recursive: true });
    await appendFile(join(site.project, path), `\n${python(site)}`);
  },
});

/** A program that runs as soon as somebody starts it. */
const program = (path: string): Trap => ({
  name: `a program named ${path}`,
  interpreters: true,
  lay: (site) => writeBelow(site.project, { [path]: shell(site) }, 0o755),
});

const text = (
  name: string,
  lay: (site: TrapSite) => Readonly<Record<string, string | Uint8Array>>,
  hides = false,
): Trap => ({
  name,
  lay: (site) => writeBelow(site.project, lay(site)),
  hides,
});

const linked = (path: string, target: (site: TrapSite) => string, hides = false): Trap => ({
  name: `${path} is a link that leads out`,
  lay: async (site) => {
    await mkdir(dirname(join(site.project, path)), { recursive: true });
    execFileSync('rm', ['-rf', join(site.project, path)]);
    await symlink(target(site), join(site.project, path));
  },
  hides,
});

const pipe = (path: string, hides = false): Trap => ({
  name: `${path} is a pipe`,
  lay: async ({ project }) => {
    await mkdir(dirname(join(project, path)), { recursive: true });
    execFileSync('rm', ['-f', join(project, path)]);
    execFileSync('mkfifo', [join(project, path)]);
  },
  hides,
});

const environment = (name: string): Trap => ({
  name: `${name} with a python of its own and a .pth`,
  interpreters: true,
  lay: async (site) => {
    const site_packages = `${name}/lib/python3.11/site-packages`;
    await writeBelow(site.project, {
      [`${name}/pyvenv.cfg`]: 'home = /usr/bin\nversion = 3.11.2\n',
      [`${site_packages}/evil.pth`]: `import os; ${python(site)}`,
      [`${site_packages}/sitecustomize.py`]: python(site),
    });
    for (const each of ['python', 'python3', 'pip', 'uv'])
      await writeBelow(site.project, { [`${name}/bin/${each}`]: shell(site) }, 0o755);
  },
});

/** The environment's real Python, whose library stands in the project: `-I -S` does not keep from it. */
const borrowedLibrary: Trap = {
  name: '.venv whose pyvenv.cfg leads to a library in the project',
  interpreters: true,
  lay: async (site) => {
    const version = execFileSync(testPython, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
      encoding: 'utf8',
    }).trim();
    const real = execFileSync(testPython, ['-c', 'import os, sys; print(os.path.realpath(sys.executable))'], {
      encoding: 'utf8',
    }).trim();
    const library = `.venv/evil/lib/python${version}`;
    await writeBelow(site.project, {
      '.venv/pyvenv.cfg': `home = ${join(site.project, '.venv/evil/bin')}\nversion = ${version}.0\n`,
      [`${library}/os.py`]: python(site),
      [`${library}/encodings/__init__.py`]: python(site),
      '.venv/evil/bin/keep': '',
    });
    await mkdir(join(site.project, '.venv/bin'), { recursive: true });
    for (const name of ['python', 'python3']) await symlink(real, join(site.project, '.venv/bin', name));
  },
};

const otherPlace: Trap = {
  name: 'pyvenv.cfg that leads elsewhere',
  lay: (site) =>
    writeBelow(site.project, {
      '.venv/pyvenv.cfg': `home = ${site.outside}\nexecutable = ${site.outside}/secret\nversion = 3.12.1\n`,
      'pyvenv.cfg.bak': 'home = /\n',
    }),
};

const git = (name: string, config: (site: TrapSite) => string): Trap => ({
  name: `.git with ${name}`,
  lay: async (site) => {
    await writeBelow(site.project, {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/config': `[core]\n\trepositoryformatversion = 0\n${config(site)}`,
      '.git/objects/keep': '',
      '.git/refs/keep': '',
      '.gitattributes': '* filter=evil diff=evil\n',
    });
    for (const hook of ['post-checkout', 'pre-commit', 'fsmonitor-watchman', 'post-index-change'])
      await writeBelow(site.project, { [`.git/hooks/${hook}`]: shell(site) }, 0o755);
    await writeBelow(site.project, { 'evil.sh': shell(site) }, 0o755);
  },
});

const database = (name: string, make: (file: Database.Database, site: TrapSite) => void): Trap => ({
  name: `a database with ${name}`,
  lay: (site) => {
    const file = new Database(join(site.project, 'db.sqlite3'));
    make(file, site);
    file.close();
    return Promise.resolve();
  },
});

const settings = (name: string, lines: (site: TrapSite) => string): Trap => ({
  name: `settings with ${name}`,
  lay: async (site) => {
    await appendFile(join(site.project, 'shop/settings.py'), `\n${lines(site)}\n`);
  },
});

const sparse = (path: string, bytes: number): Trap => ({
  name: `${path} is a sparse file of ${bytes} bytes`,
  lay: async ({ project }) => {
    await mkdir(dirname(join(project, path)), { recursive: true });
    const file = await open(join(project, path), 'w');
    await file.truncate(bytes);
    await file.close();
  },
});

const SCRIPT = '<img src=x onerror=alert(1)>';

const oddNames: Trap = {
  name: 'odd names',
  lay: async (site) => {
    const names = [
      'line\nbreak.py',
      '--flag.py',
      '-rf',
      'a;touch b.py',
      '$(touch b).py',
      '\u202egnp.py',
      `${'n'.repeat(252)}.py`,
      ' .py',
      'quo\'te".py',
      `${SCRIPT.replaceAll('/', '')}.py`,
      'CON.py',
      '..py',
      '%2e%2e%2fescape.py',
    ];
    for (const name of names)
      await writeBelow(site.project, { [name]: 'x = 1\n', [`in/${name}`]: 'x = 1\n' });
    await writeBelow(site.project, {
      [`${'d'.repeat(255)}/models.py`]: 'x = 1\n',
      '--settings=evil/manage.py/keep': '',
    });
    const raw = Buffer.concat([
      Buffer.from(`${site.project}/`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('.py'),
    ]);
    await (await open(raw, 'w')).close();
    await mkdir(Buffer.concat([Buffer.from(`${site.project}/`), Buffer.from([0xc3, 0x28])]));
  },
};

const manyFiles = (count: number): Trap => ({
  name: `${count} files`,
  lay: async ({ project }) => {
    for (let folder = 0; folder < count / 500; folder += 1) {
      const texts: Record<string, string> = {};
      for (let file = 0; file < 500; file += 1) texts[`media/${folder}/${file}.txt`] = '';
      await writeBelow(project, texts);
    }
  },
});

const nested: Trap = {
  name: '2000 nested folders',
  lay: ({ project }) => {
    execFileSync(testPython, ['-I', '-c', 'import os\nfor n in range(2000): os.mkdir("d"); os.chdir("d")'], {
      cwd: project,
    });
    return Promise.resolve();
  },
};

const loop: Trap = {
  name: 'links in circles',
  lay: async ({ project }) => {
    await symlink('.', join(project, 'here'));
    await symlink('..', join(project, 'catalog/up'));
    await symlink('b', join(project, 'a'));
    await symlink('a', join(project, 'b'));
    await symlink('/', join(project, 'everything'));
    await symlink('models.py', join(project, 'catalog/again.py'));
    await link(join(project, 'catalog/models.py'), join(project, 'catalog/hard.py'));
  },
};

const unreadable: Trap = {
  name: 'folders and files without permissions',
  lay: async ({ project }) => {
    await writeBelow(project, { 'locked/models.py': 'x = 1\n', 'closed.py': 'x = 1\n' });
    await chmod(join(project, 'closed.py'), 0);
    await chmod(join(project, 'locked'), 0);
  },
};

const claims: Trap = text('files that claim to be trusted', ({ project }) => {
  const grant = JSON.stringify([{ path: project, identity: '*', grantedAt: 1 }]);
  return {
    'trust.json': grant,
    '.samois/trust.json': grant,
    '.samois/settings.json': '{"trusted": true, "trustAll": true}',
    '.samois/unfinished.json': `{"folder":"${project}","interpreter":"/bin/sh","template":"blank","environment":true}`,
    'recent.json': JSON.stringify([{ path: project, openedAt: 1, project: '', interpreter: './evil' }]),
    '.config/Samois/state/trust.json': grant,
    'samois.json': '{"trusted": true}',
  };
});

/** Traps that don't get in each other's way, in one project. */
const together = (name: string, traps: readonly Trap[]): Trap => ({
  name,
  lay: async (site) => {
    for (const trap of traps) await trap.lay(site);
  },
  hides: traps.some((trap) => trap.hides === true),
  interpreters: traps.some((trap) => trap.interpreters === true),
});

/** Every way we know. `files` is how many the trap "many files" makes. */
export function boobyTraps(files: number): readonly Trap[] {
  return [
    together(
      'code in every file that Python or Django reads by itself',
      [
        ...['shop/settings.py', 'manage.py', 'catalog/models.py', 'shop/urls.py', 'catalog/views.py'],
        ...['shop/__init__.py', 'catalog/__init__.py', 'catalog/apps.py', 'catalog/admin.py'],
        ...['conftest.py', 'setup.py'],
      ].map(inPython),
    ),
    together('modules and programs in the place of others', [
      ...['json.py', 'ast.py', 'sitecustomize.py', 'usercustomize.py', 'os.py'].map(inPython),
      ...['encodings/__init__.py', 'django/__init__.py', 'tree_sitter.py'].map(inPython),
      ...['python', 'python3', 'git', 'uv', 'sh', 'node', 'lsof', 'bin/python3', '.venv/bin/activate'].map(
        program,
      ),
    ]),
    together(
      'three environments with programs and .pth files of their own',
      ['.venv', 'venv', 'env'].map(environment),
    ),
    borrowedLibrary,
    otherPlace,
    git('fsmonitor', () => '\tfsmonitor = ./evil.sh\n\tsshCommand = ./evil.sh\n\tpager = ./evil.sh\n'),
    git(
      'filters',
      () =>
        '[filter "evil"]\n\tclean = ./evil.sh\n\tsmudge = ./evil.sh\n\trequired\n[diff "evil"]\n\ttextconv = ./evil.sh\n',
    ),
    git(
      'an include and an alias',
      (site) => `[include]\n\tpath = ${site.outside}/secret\n[alias]\n\tstatus = !./evil.sh\n`,
    ),
    text('a build backend', (site) => ({
      'pyproject.toml':
        '[build-system]\nrequires = []\nbuild-backend = "evil"\nbackend-path = ["."]\n[project]\nname = "x"\n[tool.poetry]\nname = "x"\n[tool.django-stubs]\ndjango_settings_module = "evil"\n',
      'evil.py': python(site),
      'poetry.toml': '[virtualenvs]\npath = "."\n',
      'uv.toml': 'python-preference = "only-managed"\n',
      '.python-version': './python\n',
    })),
    text('files of tools', (site) => ({
      '.env': `DJANGO_SETTINGS_MODULE=evil\nPYTHONSTARTUP=${site.project}/evil.py\nNODE_OPTIONS=--require=${site.project}/evil.cjs\nLD_PRELOAD=${site.project}/evil.so\n`,
      '.envrc': shell(site),
      'evil.py': python(site),
      'evil.cjs': `require('fs').appendFileSync(${JSON.stringify(site.canary)}, 'x')\n`,
      '.vscode/tasks.json': `{"tasks":[{"command":"touch ${site.canary}","runOptions":{"runOn":"folderOpen"}}]}`,
      'package.json': `{"type":"commonjs","scripts":{"preinstall":"touch ${site.canary}","start":"touch ${site.canary}"}}`,
      'node_modules/better-sqlite3/index.js': `require('fs').appendFileSync(${JSON.stringify(site.canary)}, 'x')\n`,
      'node.config.json': '{"nodeOptions":{"import":["./evil.cjs"]}}',
      '.npmrc': 'script-shell=./evil.sh\nnode-options=--require=./evil.cjs\n',
      Makefile: `all:\n\ttouch ${site.canary}\n$(shell touch ${site.canary})\n`,
      'compose.yaml': 'services:\n  web:\n    image: evil\n    privileged: true\n    volumes: ["/:/host"]\n',
      'tox.ini': '[tox]\nrequires = evil\n',
      'ruff.toml': 'extend = "/etc/passwd"\n',
    })),
    text('requirements that lead elsewhere', (site) => ({
      'requirements.txt': `-r ${site.outside}/secret\n-e .\n--index-url http://127.0.0.1:9/\n`,
      'setup.py': python(site),
    })),
    linked('catalog/extra.py', (site) => join(site.outside, 'secret')),
    linked('catalog/models.py', (site) => join(site.outside, 'secret'), true),
    linked('pyproject.toml', (site) => join(site.outside, 'secret')),
    linked('requirements.txt', (site) => join(site.outside, 'secret')),
    linked('db.sqlite3', (site) => join(site.outside, 'other.sqlite3')),
    linked('.samois', (site) => site.outside),
    linked('.samois/layout.json', (site) => join(site.outside, 'secret')),
    linked('.samois/unfinished.json', (site) => join(site.outside, 'secret')),
    linked('.venv/pyvenv.cfg', (site) => join(site.outside, 'secret')),
    linked('media', () => '/'),
    linked('nothing.py', (site) => join(site.outside, 'missing')),
    linked('zero.py', () => '/dev/zero'),
    linked('pyproject.toml', () => '/dev/zero'),
    linked('.samois/layout.json', () => '/dev/zero'),
    loop,
    pipe('catalog/models.py', true),
    pipe('pyproject.toml'),
    pipe('requirements.txt'),
    pipe('db.sqlite3'),
    pipe('.samois/layout.json'),
    pipe('.samois/unfinished.json'),
    pipe('.venv/pyvenv.cfg'),
    pipe('.gitignore'),
    sparse('media/film.mkv', 10 * 1024 ** 3),
    sparse('huge.py', 10 * 1024 ** 3),
    sparse('.samois/layout.json', 10 * 1024 ** 3),
    sparse('pyproject.toml', 1024 ** 3),
    manyFiles(files),
    nested,
    oddNames,
    unreadable,
    text('texts that are none', () => ({
      'latin.py': Buffer.from('# caf\xe9\n', 'latin1'),
      'cookie.py': '# -*- coding: evil -*-\n',
      'zero.py': 'x = 1\0\n',
      'deep.py': `x = ${'('.repeat(20_000)}\n`,
      'surrogate.py': Buffer.from([0x23, 0xed, 0xa0, 0x80, 0x0a]),
      'bom.py': Buffer.from([0xff, 0xfe, 0x78, 0x00]),
    })),
    text('a line of 50 MB', () => ({ 'long.py': `x = "${'a'.repeat(50 * 1024 ** 2)}"\n` })),
    text('a line of 4 MB', () => ({ 'long.py': `x = [${'1, '.repeat(1_300_000)}]\n` })),
    text('script in every name', () => ({
      'catalog/more.py': `from django.db import models\n\n\nclass Shown(models.Model):\n    """${SCRIPT}"""\n    x = models.CharField("${SCRIPT}", help_text="<script>alert(1)</script>", max_length=9)\n`,
      [`${SCRIPT.replaceAll('/', '')}/models.py`]: 'x = 1\n',
    })),
    database('an endless view', (file) => {
      file.exec(
        'CREATE TABLE t (v); INSERT INTO t VALUES (1);' +
          'CREATE VIEW endless AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c',
      );
    }),
    database('a trigger and script names', (file) => {
      file.exec(
        'CREATE TABLE "<script>alert(1)</script>" (v); CREATE TABLE t (v);' +
          'CREATE TRIGGER always AFTER UPDATE ON t BEGIN DELETE FROM t; END; INSERT INTO t VALUES (1)',
      );
    }),
    settings(
      'a remote database',
      () =>
        'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": 9, "NAME": "x"}, "other": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file://evil.example/share/db.sqlite3?vfs=evil"}}',
    ),
    settings(
      'a database of somebody else',
      (site) =>
        `DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ${JSON.stringify(join(site.outside, 'other.sqlite3'))}}}`,
    ),
    settings(
      'code in every setting',
      (site) =>
        `INSTALLED_APPS += [__import__("os").system("touch ${site.canary}") or "x"]\nROOT = eval('${python(site).trim().replaceAll("'", '"')}') if False else 1`,
    ),
    claims,
  ];
}

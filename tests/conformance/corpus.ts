import { join } from 'node:path';

/** Where the corpus stands once `npm run corpus` has fetched it. */
export const corpusRoot = join(import.meta.dirname, '..', '..', '.cache', 'corpus');

/** A project other people wrote, as a pinned source distribution of the package registry. */
export interface CorpusProject {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** The folder of it that is opened as a workspace; '' is all of it. */
  readonly workspace: string;
  /**
   * The settings module: one of the project, or `conformance_settings` of `overlays/<name>`, whose files are
   * put beside the project's. Null where the sources are only read.
   */
  readonly settings: string | null;
  /** What pip installs to start it (its own package too, for what that needs); null where it is not started. */
  readonly requirements: readonly string[] | null;
  /** The Python it needs where that is newer than what the suites need: `3.12`. */
  readonly python?: string;
}

/** The folder of one project's source distribution. */
export function corpusFolder({ name, version }: CorpusProject): string {
  return join(corpusRoot, `${name}-${version}`);
}

/** All projects, pinned by version and hash. */
export const corpus: readonly CorpusProject[] = [
  {
    name: 'django',
    version: '5.2.19',
    sha256: 'ad03d8abc51dbff95ebf34b27123cf0c26a3b62db7ba0cd520783686362533d1',
    workspace: 'tests',
    settings: 'conformance_settings',
    requirements: ['Django==5.2.19', 'psycopg[binary]==3.3.9', 'Pillow', 'Jinja2'],
  },
  {
    name: 'django',
    version: '6.1.3',
    sha256: 'b5d2d9e35295065d13b1927b3f19a59bd119f737aa6299def14ccca1ae3c8c0d',
    workspace: 'tests',
    settings: 'conformance_settings',
    requirements: ['Django==6.1.3', 'psycopg[binary]==3.3.9', 'Pillow', 'Jinja2'],
    python: '3.12',
  },
  {
    name: 'wagtail',
    version: '8.0.1',
    sha256: '819865a10bce86b16288cfaefa4195b90ffb5e7ac494fb18659e7be099ef386f',
    workspace: '',
    settings: 'wagtail.test.settings',
    requirements: ['wagtail==8.0.1', 'Django==5.2.19', 'django-ninja'],
  },
  {
    name: 'django-oscar',
    version: '4.2.1',
    sha256: 'bbe1dfc0b57954a2853d1c5ac35d212425143d92980516aa64e68bedcf3fb923',
    workspace: 'src',
    settings: 'conformance_settings',
    requirements: ['django-oscar[sorl-thumbnail]==4.2.1', 'django-haystack==3.3.0'],
  },
  {
    name: 'django-cms',
    version: '5.1.3',
    sha256: '80c50fc44cffa2cae28f4b8d841b7f48bd5ded9c88e493096b6e2235ba94d3ca',
    workspace: '',
    settings: 'cms.tests.settings',
    requirements: [
      'django-cms==5.1.3',
      'dj-database-url',
      'djangocms-text',
      'djangocms-admin-style',
      'Django==5.2.19',
    ],
  },
  {
    name: 'mezzanine',
    version: '6.1.1',
    sha256: '459ffd96dbd9533d5e5f179a56a4bd644ebdf9af575ade9fc4c72cb3ec9354fe',
    workspace: '',
    settings: 'conformance_settings',
    requirements: ['mezzanine==6.1.1'],
  },
  {
    name: 'djangorestframework',
    version: '3.18.3',
    sha256: '446a9b352e7eff630421ab3f2328bd2401b109a9470afa4a31189994911ed030',
    workspace: '',
    settings: 'conformance_settings',
    requirements: ['djangorestframework==3.18.3', 'Django==5.2.19'],
  },
  {
    name: 'django-filter',
    version: '26.2',
    sha256: 'fd5cc83995fbe9f5f07fb5dcda16fde0f04de1ecf8ef82628b6c0ec921b751af',
    workspace: '',
    settings: 'tests.settings',
    requirements: ['django-filter==26.2', 'djangorestframework==3.18.3', 'Django==5.2.19'],
  },
  {
    name: 'django-allauth',
    version: '65.21.1',
    sha256: '128344e260a22b62796747be0a2249ad9488a509c1aa34ab35e3fcf22862dd9e',
    workspace: '',
    settings: 'tests.projects.regular.settings',
    requirements: [
      'django-allauth[mfa,socialaccount,openid,saml,steam,idp-oidc,headless-spec]==65.21.1',
      'Django==5.2.19',
      'djangorestframework',
      'django-ninja',
      'Pillow',
    ],
  },
  {
    name: 'label-studio',
    version: '1.23.2',
    sha256: '9042672d30e7732f260f4de0ce751135d5da1c1e3ea67ed90dfd4af2056d6ac8',
    workspace: 'label_studio',
    settings: 'core.settings.label_studio',
    requirements: ['label-studio==1.23.2'],
  },
  {
    name: 'pretix',
    version: '2026.8.0',
    sha256: '97c46dab676f8c29461c81dce90c6fb7812b29fe9181f8d1288a32f36e11cc64',
    workspace: 'src',
    settings: 'pretix.testutils.settings',
    requirements: ['pretix==2026.8.0'],
  },
  {
    name: 'tendenci',
    version: '16.30',
    sha256: '74caaf332e111993f79933fddb3fedaf1686978362481dca676ae977e70e1658',
    workspace: '',
    settings: 'tendenci.settings',
    requirements: null,
  },
  {
    name: 'mayan-edms',
    version: '4.12.2',
    sha256: '92c4cc44420742ed2caa1145dbfa68e8153d91d767bee6289cf6cba8208334a0',
    workspace: '',
    settings: 'mayan.settings.production',
    requirements: null,
  },
  {
    name: 'nautobot',
    version: '3.2.7',
    sha256: 'd8d90b807c4cf647ed630fc86ec75e5e7fe039d952531a125a29a0aa90d83581',
    workspace: '',
    settings: 'nautobot.core.settings',
    requirements: ['nautobot==3.2.7'],
  },
  {
    name: 'arches',
    version: '8.1.5',
    sha256: '2060be779e09310907a8d0c524850d4f19aeba753e9ee5d901eac0b0e6ff06b5',
    workspace: '',
    settings: 'arches.settings',
    requirements: null,
  },
  {
    name: 'django-polymorphic',
    version: '4.11.7',
    sha256: '9d616e9e2870efd62a5ee387294830c80935a31786e50da137bd76668dd5437d',
    workspace: 'src',
    settings: null,
    requirements: null,
  },
  {
    name: 'django-mptt',
    version: '0.20.0',
    sha256: '407d0b929af763307e2955ed3d0899d327c7050bb32b56f726bcccb3ed3cafd6',
    workspace: '',
    settings: null,
    requirements: null,
  },
  {
    name: 'django-treebeard',
    version: '7.0.3',
    sha256: 'eb25678a4e79bdcc315c3cf2158c33a8ade5f51cf4df220909abc603bbd62681',
    workspace: '',
    settings: 'tests.settings',
    requirements: ['django-treebeard==7.0.3', 'Django==5.2.19'],
  },
  {
    name: 'django-taggit',
    version: '6.1.0',
    sha256: 'c4d1199e6df34125dd36db5eb0efe545b254dec3980ce5dd80e6bab3e78757c3',
    workspace: '',
    settings: 'conformance_settings',
    requirements: ['django-taggit==6.1.0', 'Django==5.2.19'],
  },
  {
    name: 'django-guardian',
    version: '3.5.2',
    sha256: 'ca14b7c9cc37bc852f3749f8a998a76cfd0ebbd66ac85726ef331289a712d389',
    workspace: '',
    settings: 'guardian.testapp.testsettings',
    requirements: ['django-guardian==3.5.2', 'django-environ', 'Django==5.2.19'],
  },
  {
    name: 'django-helpdesk',
    version: '2.6.1',
    sha256: 'd5db80dfbb2a577036c781ea94291c5032e0687f4603ba1ecc0eebd86bbb0dfa',
    workspace: 'src',
    settings: 'conformance_settings',
    requirements: ['django-helpdesk==2.6.1', 'djangorestframework'],
  },
  {
    name: 'wiki',
    version: '0.13.0',
    sha256: '3459bb2bc46bae16580a46f1df52fd1f8009e3efefeba6d04b2f39262fc4cc28',
    workspace: 'src',
    settings: 'conformance_settings',
    requirements: ['wiki==0.13.0', 'django-sekizai'],
  },
  {
    name: 'django-machina',
    version: '1.3.1',
    sha256: '5f696e307a2e09ae26aa817146448284b4c56a44f6d576b36d49e8844f0b7d8c',
    workspace: '',
    settings: 'conformance_settings',
    requirements: ['django-machina==1.3.1', 'Django==4.2.30', 'django-haystack==3.3.0'],
  },
  {
    name: 'django-ninja',
    version: '1.7.1',
    sha256: '2183ee5426a8c95bfabae1b7f60c471a56c48022296eaaf1cc54b00010b07ee6',
    workspace: '',
    settings: null,
    requirements: null,
  },
  {
    name: 'drf-nested-routers',
    version: '0.95.3',
    sha256: '3d5ffad87b110c9d58ee0c688cf540a7fa4ccbf1080b2d318a5e2cf634322d96',
    workspace: '',
    settings: null,
    requirements: null,
  },
  {
    name: 'django-oauth-toolkit',
    version: '3.4.1',
    sha256: 'c4de73c0765eed55a99ea0fa8433b20664dcc1f43930149cff569abed166c5c2',
    workspace: '',
    settings: 'conformance_settings',
    requirements: ['django-oauth-toolkit==3.4.1', 'Django==5.2.19'],
  },
  {
    name: 'django-ninja-extra',
    version: '0.31.7',
    sha256: 'ad3ab759ed839456ee15bc07c201f2b7fc2ceaedc0fac43841482922c2621dca',
    workspace: '',
    settings: null,
    requirements: null,
  },
  {
    name: 'netbox',
    version: '4.7.3',
    sha256: '169fcae8fa5f4b6cdaa29865f029af0d19d748a82e5d7dbb52d67caa94a84299',
    workspace: 'netbox',
    settings: 'netbox.settings',
    requirements: null,
  },
  {
    name: 'weblate',
    version: '2026.10.1',
    sha256: '2da6d85241de0d26d759ead1736b0d1d0b1feac85fb4cd2462e8d2c8c851b4f4',
    workspace: '',
    settings: 'weblate.settings_example',
    requirements: null,
  },
];

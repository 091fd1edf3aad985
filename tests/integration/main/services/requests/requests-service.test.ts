import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { OutgoingRequest } from '../../../../../shared/contract/host-calls.ts';
import {
  createRequestsService,
  type RequestsService,
} from '../../../../../main/services/requests/requests-service.ts';
import { type DjangoProject, makeDjangoProject } from '../../../../support/django-project.ts';
import { type HostSession, openHostSession } from '../../../../support/host-session.ts';

const VIEWS = `import json

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse


def echo(request):
    headers = {name: value for name, value in request.headers.items()}
    return JsonResponse({
        "method": request.method, "path": request.get_full_path(), "user": str(request.user),
        "body": request.body.decode(), "headers": headers,
    })


@login_required
def private(request):
    return HttpResponse("secret of " + str(request.user), content_type="text/plain")


def staff(request):
    if not request.user.is_staff:
        raise PermissionDenied
    return HttpResponse("staff", content_type="text/plain")


def large(request):
    return HttpResponse("é" * 2_000_000, content_type="text/plain; charset=utf-8")


def binary(request):
    return HttpResponse(bytes(range(256)), content_type="image/png")


def away(request):
    response = HttpResponse(status=302)
    response["Location"] = "http://127.0.0.1:1/elsewhere"
    return response


def endless(request):
    def parts():
        while True:
            yield b"x" * 65536
    return StreamingHttpResponse(parts(), content_type="text/plain")
`;
const URLS = `from django.contrib import admin
from django.urls import path, re_path
from catalog import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("private/", views.private), path("staff/", views.staff), path("large/", views.large),
    path("binary/", views.binary), path("away/", views.away), path("endless/", views.endless),
    re_path("^echo/.*", views.echo),
]
`;

let project: DjangoProject;
let session: HostSession;
let requests: RequestsService;

const request = (path: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  method: 'GET',
  path,
  headers: [],
  body: null,
  as: { kind: 'anonymous' },
  ...more,
});
const header = (headers: readonly { name: string; value: string }[], name: string): string | undefined =>
  headers.find((one) => one.name.toLowerCase() === name.toLowerCase())?.value;

beforeAll(async () => {
  project = await makeDjangoProject();
  await project.write('catalog/views.py', VIEWS);
  await project.write('mysite/urls.py', URLS);
  await project.manage('migrate');
  session = openHostSession(project);
  requests = createRequestsService({ host: session.host, serverStatus: session.server.status });
});
afterAll(async () => {
  await session.end();
  await project.remove();
});

it('sends nothing while the server is not running', async () => {
  await expect(requests.send(request('/echo/'))).rejects.toMatchObject({ code: 'not-available' });
});

describe('users', () => {
  it('makes a superuser, refuses bad ones field by field, and lists who is there', async () => {
    const input = { username: 'django', email: 'django@example.org', password: 'Nuages-1940' };
    expect(await requests.createSuperuser(input)).toMatchObject({ username: 'django', isSuperuser: true });
    await expect(requests.createSuperuser({ ...input, password: '123' })).rejects.toMatchObject({
      code: 'invalid-input',
      detail: { fields: { username: [expect.any(String)], password: expect.any(Array) as unknown } },
    });
    await project.manage(
      'shell',
      '-c',
      'from django.contrib.auth.models import User; User.objects.create_user("joe")',
    );
    const { users, total, usernameField } = await requests.listUsers({ search: '' });
    expect(users.map((user) => [user.username, user.isStaff])).toEqual([
      ['django', true],
      ['joe', false],
    ]);
    expect({ total, usernameField }).toEqual({ total: 2, usernameField: 'username' });
    expect((await requests.listUsers({ search: 'jo' })).total).toBe(1);
  });
});

describe('requests', () => {
  beforeAll(async () => {
    await session.server.start({});
    await vi.waitFor(() => expect(session.server.status().state).toBe('serving'), 30_000);
  });

  const userId = async (name: string): Promise<string> =>
    (await requests.listUsers({ search: name })).users[0]?.id ?? '';

  it('go out as they were written and come back with all there is to see', async () => {
    const response = await requests.send(
      request('/echo/ü b?q=a%20b#part', {
        method: 'PUT',
        headers: [
          { name: 'X-Test', value: 'one' },
          { name: 'Content-Length', value: '7777' },
        ],
        body: '{"title": "Nuages"}',
      }),
    );
    expect(response.status).toBe(200);
    expect(response.reason).toBe('OK');
    expect(response.truncated).toBe(false);
    expect(response.milliseconds).toBeGreaterThan(0);
    expect(header(response.headers, 'Content-Type')).toBe('application/json');
    const seen = JSON.parse(response.body ?? '') as {
      readonly path: string;
      readonly body: string;
      readonly headers: Record<string, string>;
    };
    expect(seen.path).toBe('/echo/%C3%BC%20b?q=a%20b');
    expect(seen.body).toBe('{"title": "Nuages"}');
    expect(seen.headers).toMatchObject({ 'X-Test': 'one', 'Content-Type': 'application/json' });
    expect(seen.headers['Host']).toMatch(/^localhost:\d+$/);
  });

  it('pass the CSRF check of Django as nobody and as a user, and say what was added', async () => {
    for (const as of [{ kind: 'anonymous' }, { kind: 'user', id: await userId('joe') }] as const) {
      const response = await requests.send(request('/echo/', { method: 'POST', body: 'a', as }));
      expect(response.status).toBe(200);
      expect(response.sentHeaders.map((one) => one.name)).toEqual([
        'Cookie',
        'X-CSRFTOKEN',
        'Origin',
        'Referer',
        'Content-Type',
      ]);
      expect(JSON.parse(response.body ?? '')).toMatchObject({
        user: as.kind === 'user' ? 'joe' : 'AnonymousUser',
      });
    }
  });

  it('use one session a user, and a new one when it is gone', async () => {
    const as = { kind: 'user', id: await userId('joe') } as const;
    const first = await requests.send(request('/private/', { as }));
    expect(first.body).toBe('secret of joe');
    const second = await requests.send(request('/private/', { as }));
    expect(header(second.sentHeaders, 'Cookie')).toBe(header(first.sentHeaders, 'Cookie'));
    await project.manage(
      'shell',
      '-c',
      'from django.contrib.sessions.models import Session; Session.objects.all().delete()',
    );
    const third = await requests.send(request('/private/', { as }));
    expect(third.body).toBe('secret of joe');
    expect(header(third.sentHeaders, 'Cookie')).not.toBe(header(first.sentHeaders, 'Cookie'));
  });

  it('do not make a session after the other for what a user may not do', async () => {
    const as = { kind: 'user', id: await userId('joe') } as const;
    requests.forgetSessions();
    const cookies = new Set<string | undefined>();
    for (let round = 0; round < 4; round += 1) {
      const response = await requests.send(request('/staff/', { as }));
      expect(response.status).toBe(403);
      cookies.add(header(response.sentHeaders, 'Cookie'));
    }
    expect(cookies.size).toBe(1);
  });

  it('show redirects, follow none, and reach no other machine', async () => {
    const response = await requests.send(request('/away/'));
    expect(response.status).toBe(302);
    expect(header(response.headers, 'Location')).toBe('http://127.0.0.1:1/elsewhere');
    let reached = 0;
    const other = createServer((_, answer) => {
      reached += 1;
      answer.end();
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { readonly port: number };
    for (const path of [`//127.0.0.1:${port}/echo/`, `/\\127.0.0.1:${port}`, `/@127.0.0.1:${port}/`]) {
      const answer = await requests.send(request(path));
      expect(answer.status).toBe(404);
    }
    await requests.send(request('/echo/', { headers: [{ name: 'Host', value: `127.0.0.1:${port}` }] }));
    other.close();
    expect(reached).toBe(0);
  });

  it('cut large and endless bodies, and show no bytes as text', async () => {
    const large = await requests.send(request('/large/'));
    expect(large).toMatchObject({ truncated: true, bodyBytes: 4_000_000 });
    expect(large.body).toBe('é'.repeat(1024 * 1024));
    const endless = await requests.send(request('/endless/'));
    expect(endless.truncated).toBe(true);
    expect(endless.body?.length).toBe(2 * 1024 * 1024);
    expect(await requests.send(request('/binary/'))).toMatchObject({ body: null, bodyBytes: 256 });
  });

  it('are refused with a sentence where a header can not be one', async () => {
    for (const bad of [
      { name: 'X Test', value: 'a' },
      { name: 'X-Test', value: 'a\r\nX-Other: b' },
    ]) {
      await expect(requests.send(request('/echo/', { headers: [bad] }))).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining(bad.name) as string,
      });
    }
    await expect(requests.send(request('/echo/', { as: { kind: 'user', id: '999' } }))).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });
});

/**
 * Every way in which a page can try another address; runs inside the hostile page, so that it may use
 * nothing from outside itself. Each gives `blocked`, or what it got.
 */
export async function attack(target: string): Promise<Record<string, string>> {
  const within = <T>(promise: Promise<T>, otherwise: T): Promise<T> =>
    Promise.race([promise, new Promise<T>((resolve) => setTimeout(() => resolve(otherwise), 1_500))]);

  const byFetch = async (path: string, init: RequestInit): Promise<string> => {
    try {
      const response = await fetch(target + path, init);
      return `got ${response.type} ${String(response.status)}`;
    } catch {
      return 'blocked';
    }
  };

  const byElement = (tag: string, attributes: Record<string, string>): Promise<string> => {
    const element = document.createElement(tag);
    const ended = new Promise<string>((resolve) => {
      element.addEventListener('load', () => resolve('loaded'));
      element.addEventListener('error', () => resolve('blocked'));
    });
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
    return within(ended, 'blocked');
  };

  // A frame always "loads"; whether the studio stands in it shows in what its window lets us see.
  const byFrame = async (path: string): Promise<string> => {
    const frame = document.createElement('iframe');
    const loaded = new Promise<void>((resolve) => frame.addEventListener('load', () => resolve()));
    frame.src = target + path;
    document.body.append(frame);
    await within(loaded, undefined);
    try {
      return frame.contentDocument === null ? 'blocked' : `saw ${frame.contentDocument.title}`;
    } catch {
      return 'blocked';
    }
  };

  const byForm = async (path: string, enctype: string): Promise<string> => {
    const form = document.createElement('form');
    form.method = 'POST';
    form.action = target + path;
    form.enctype = enctype;
    form.target = `form-${String(Math.random())}`;
    const frame = document.createElement('iframe');
    frame.name = form.target;
    const field = document.createElement('input');
    field.name = '{"id":1,"name":"note.write","input":{"text":"';
    field.value = 'forged"}}';
    form.append(field);
    document.body.append(frame, form);
    const loaded = new Promise<void>((resolve) => frame.addEventListener('load', () => resolve()));
    form.submit();
    await within(loaded, undefined);
    return 'blocked'; // what matters is that nothing was written, which the test looks at
  };

  const bySocket = (protocols: string[]): Promise<string> => {
    const socket = new WebSocket(`${target.replace('http', 'ws')}/socket`, protocols);
    const ended = new Promise<string>((resolve) => {
      socket.addEventListener('open', () => {
        socket.send('{"id":1,"name":"note.write","input":{"text":"forged"}}');
        resolve('opened');
      });
      socket.addEventListener('error', () => resolve('blocked'));
    });
    return within(ended, 'blocked');
  };

  const byEvents = (): Promise<string> => {
    const source = new EventSource(`${target}/`, { withCredentials: true });
    const ended = new Promise<string>((resolve) => {
      source.addEventListener('open', () => resolve('opened'));
      source.addEventListener('error', () => resolve('blocked'));
    });
    return within(ended, 'blocked').finally(() => source.close());
  };

  const byWindow = async (path: string): Promise<string> => {
    const opened = window.open(target + path, '_blank');
    if (opened === null) return 'blocked';
    const answered = new Promise<string>((resolve) => {
      addEventListener('message', (event) => {
        if (event.origin === target) resolve('answered');
      });
    });
    opened.postMessage({ id: 1, name: 'note.write', input: { text: 'forged' } }, '*');
    return within(answered, 'blocked');
  };

  const byWorker = async (): Promise<string> => {
    try {
      await navigator.serviceWorker.register(`${target}/assets/window.js`);
      return 'registered';
    } catch {
      return 'blocked';
    }
  };

  const byImport = (): Promise<string> => {
    const ended = new Promise<string>((resolve) => {
      addEventListener('imported', () => resolve('imported'));
      addEventListener('refused', () => resolve('blocked'));
    });
    const script = document.createElement('script');
    const address = JSON.stringify(`${target}/assets/window.js`);
    script.textContent = `import(${address}).then(() => dispatchEvent(new Event('imported')), () => dispatchEvent(new Event('refused')))`;
    document.body.append(script);
    return within(ended, 'blocked');
  };

  navigator.sendBeacon(`${target}/session`, '{"key":"forged"}');
  return {
    fetch: await byFetch('/', { credentials: 'include' }),
    'fetch of an asset': await byFetch('/assets/window.js', { credentials: 'include' }),
    'fetch without CORS': await byFetch('/', { mode: 'no-cors', credentials: 'include' }),
    'fetch of the launch page': await byFetch('/launch', { mode: 'no-cors', credentials: 'include' }),
    'session by JSON': await byFetch('/session', {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: '{"key":"forged"}',
    }),
    'session by text': await byFetch('/session', {
      method: 'POST',
      mode: 'no-cors',
      credentials: 'include',
      headers: { 'Content-Type': 'text/plain' },
      body: '{"key":"forged"}',
    }),
    'form as text': await byForm('/socket', 'text/plain'),
    'form to the session': await byForm('/session', 'application/x-www-form-urlencoded'),
    image: await byElement('img', { src: `${target}/` }),
    script: await byElement('script', { src: `${target}/assets/window.js` }),
    'module script': await byElement('script', { type: 'module', src: `${target}/assets/window.js` }),
    style: await byElement('link', { rel: 'stylesheet', href: `${target}/assets/window.css` }),
    object: await byElement('object', { type: 'text/html', data: `${target}/` }),
    'frame of the page': await byFrame('/'),
    'frame of the launch page': await byFrame('/launch'),
    socket: await bySocket(['samois']),
    'socket with a guessed key': await bySocket(['samois', `key.${'A'.repeat(43)}`]),
    events: await byEvents(),
    'service worker': await byWorker(),
    import: await byImport(),
    'window of the page': await byWindow('/'),
    'window of the launch page': await byWindow('/launch'),
  };
}

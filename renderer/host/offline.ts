/**
 * Keeps the portable edition usable with its server gone, and brings new versions in safely: a new
 * version is fetched while the old one runs and takes over at the next start, never under an open
 * screen, and never while another window still runs the old one.
 */
const windowLock = 'holdfast-window';
/** A worker that does not take over in this time is left for the next start. */
const takeOverMs = 3_000;

export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const others = await otherWindows();
  holdWhileOpen();
  const registration = await register();
  if (!registration?.waiting || others) return;
  if (await takeOver(registration.waiting)) {
    location.reload();
    // Nothing may open the database on the way out.
    await new Promise<never>(() => undefined);
  }
}

/** Undefined where service workers are refused (private windows, policy): online use still works. */
async function register(): Promise<ServiceWorkerRegistration | undefined> {
  try {
    return await navigator.serviceWorker.register('./sw.js', { scope: './' });
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) {
      return navigator.serviceWorker.getRegistration();
    }
    throw error;
  }
}

async function otherWindows(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === windowLock);
}

function holdWhileOpen(): void {
  void navigator.locks.request(windowLock, { mode: 'shared' }, () => new Promise(() => undefined));
}

function takeOver(waiting: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), takeOverMs);
    navigator.serviceWorker.addEventListener(
      'controllerchange',
      () => {
        clearTimeout(timer);
        resolve(true);
      },
      { once: true },
    );
    // A worker's postMessage knows no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    waiting.postMessage({ type: 'SKIP_WAITING' });
  });
}

/** Whether the browser promises not to throw the vault away when the disk gets full. */
export interface StorageState {
  readonly kept: boolean;
  /** Bytes used and allowed, when the browser tells. */
  readonly used: number | undefined;
  readonly quota: number | undefined;
}

/** Asks once more at every start: browsers grant it after some use, or never. */
export async function askToKeep(): Promise<boolean> {
  if (!navigator.storage) return false;
  return (await navigator.storage.persisted()) || (await navigator.storage.persist());
}

export async function storageState(): Promise<StorageState> {
  if (!navigator.storage) return { kept: false, used: undefined, quota: undefined };
  const [kept, estimate] = await Promise.all([
    navigator.storage.persisted(),
    navigator.storage.estimate(),
  ]);
  return { kept, used: estimate.usage, quota: estimate.quota };
}

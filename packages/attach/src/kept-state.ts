import type { MonitoringConfig } from '@otel-monitor/config';
import { cleanText, type DurableState, processWide, runtimeState } from '@otel-monitor/runtime';
import { NOTHING_KEPT, StateKeeper, type StateStatus } from '@otel-monitor/state';

/** The one of this process: whoever watches its end has to find it before `attach` has resolved. */
const running = processWide<{ keeper: StateKeeper | undefined }>('state-keeper', () => ({ keeper: undefined }));

/** What keeps error groups and usage of this process in files; undefined: nothing does. */
export function stateKeeper(): StateKeeper | undefined {
  return running.keeper;
}

/** Begins to keep what outlives the process, where the configuration wants it. */
export function keepState(config: MonitoringConfig, states: readonly DurableState[]): void {
  if (!config.enabled || !config.state.enabled) return;
  const { directory, flushIntervalMillis } = config.state;
  const keeper = new StateKeeper({
    // its names are those of folders
    service: { ...config.service, ...cleanNames(config.service) },
    states,
    directory,
    flushIntervalMillis,
    // a configured key is the one that other services and machines have
    useUserHashKey: config.redaction.userHashKey === undefined ? useUserHashKey : undefined,
  });
  keeper.start();
  running.keeper = keeper;
}

/** Writes what has changed, and keeps no more. Never rejects. */
export async function stopKeepingState(timeoutMillis: number): Promise<void> {
  const { keeper } = running;
  running.keeper = undefined;
  await keeper?.stop(timeoutMillis);
}

/** What `status` says of it. */
export function stateStatus(): StateStatus {
  return running.keeper?.status() ?? NOTHING_KEPT;
}

function useUserHashKey(key: string): void {
  runtimeState.userHashKey ??= key;
}

function cleanNames({ name, namespace }: MonitoringConfig['service']) {
  return { name: cleanText(name), ...(namespace !== undefined && { namespace: cleanText(namespace) }) };
}

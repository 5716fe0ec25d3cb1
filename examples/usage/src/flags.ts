import { type Client, InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';
import { monitor } from './monitor.js';

/** The flag that every second visitor has on. */
export const NEW_UPLOADER = 'new-uploader';

/** A client of OpenFeature whose evaluations are recorded. The provider of a real service would be that of its vendor. */
export async function flagClient(): Promise<Client> {
  await OpenFeature.setProviderAndWait(
    new InMemoryProvider({
      [NEW_UPLOADER]: {
        variants: { on: true, off: false },
        defaultVariant: 'off',
        disabled: false,
        contextEvaluator: ({ targetingKey }) => (Number(targetingKey?.split('-')[1]) % 2 === 0 ? 'on' : 'off'),
      },
    }),
  );
  OpenFeature.addHooks(monitor.openFeatureHook());
  return OpenFeature.getClient();
}

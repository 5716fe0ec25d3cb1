import { asNumber } from './conversions.js';
import { setting, type Variable } from './variable.js';

/** Address and tokens of the server. A token given itself wins over one in a file. */
export const serverVariables: readonly Variable[] = [
  setting('OTEL_EXPORTER_PROMETHEUS_HOST', 'server.host'),
  setting('OTEL_EXPORTER_PROMETHEUS_PORT', 'server.port', asNumber),
  ...['viewer', 'operator', 'admin'].flatMap((role): Variable[] => {
    const name = `OTEL_MONITOR_TOKEN_${role.toUpperCase()}`;
    const path = `server.tokens.${role}`;
    return [
      { ...setting(name, path), shown: 'not' },
      {
        name: `${name}_FILE`,
        read(text, reader) {
          const content = reader.file(text);
          // an editor ends the last line
          if (content !== undefined) reader.put(path, content.trim(), 'the path of a file with a token in it');
        },
      },
    ];
  }),
];

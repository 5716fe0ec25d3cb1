import { asFlag, asList, asLowerCase, asNumber, asPair } from './conversions.js';
import { setting, type Variable } from './variable.js';

/** Switches, resource and diagnostics, by the specification's "Environment Variable Specification". */
export const serviceVariables: readonly Variable[] = [
  {
    name: 'OTEL_SDK_DISABLED',
    read(text, reader) {
      const disabled = asFlag(text.toLowerCase());
      if (text.toLowerCase() === 'true') reader.put('enabled', false);
      // the specification: anything but "true" is false, and what is not "false" is worth a warning
      else if (disabled !== false) reader.warn('is neither true nor false and taken as false');
    },
  },
  setting('OTEL_SERVICE_NAME', 'service.name'),
  {
    name: 'OTEL_RESOURCE_ATTRIBUTES',
    read(text, reader) {
      const attributes: Record<string, string> = {};
      let bad = 0;
      for (const item of asList(text)) {
        const pair = asPair(item);
        if (pair === undefined || pair[0] === '__proto__') bad += 1;
        else attributes[pair[0]] = pair[1];
      }
      if (bad > 0) reader.warn(`has ${bad} of its parts not as key=value in percent-encoding, left out`);
      reader.put('resourceAttributes', attributes);
    },
  },
  setting('OTEL_LOG_LEVEL', 'logLevel', asLowerCase),
  setting('OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN', 'exceptionSignal', asLowerCase),
  setting('OTEL_PROPAGATORS', 'propagators', (text) => asList(text.toLowerCase())),
  setting('OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS', 'http.knownMethods', asList),
  setting('OTEL_NODE_ENABLED_INSTRUMENTATIONS', 'instrumentations.enabled', asList),
  setting('OTEL_NODE_DISABLED_INSTRUMENTATIONS', 'instrumentations.disabled', asList),
  setting('OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'limits.attributeValueLength', asNumber),
  setting('OTEL_ATTRIBUTE_COUNT_LIMIT', 'limits.attributeCount', asNumber),
  setting('OTEL_SPAN_EVENT_COUNT_LIMIT', 'limits.eventsPerSpan', asNumber),
  setting('OTEL_SPAN_LINK_COUNT_LIMIT', 'limits.linksPerSpan', asNumber),
  setting('OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT', 'limits.attributesPerEvent', asNumber),
  setting('OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', 'limits.attributesPerLink', asNumber),
];

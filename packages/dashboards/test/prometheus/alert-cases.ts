import type { AlertCase } from './alert-case.js';
import { alertingCases } from './cases/alerting.js';
import { collectorCases } from './cases/collector.js';
import { componentCases } from './cases/components.js';
import { errorCases } from './cases/errors.js';
import { objectiveCases } from './cases/objectives.js';
import { orchestratorCases } from './cases/orchestrator.js';
import { resourceCases } from './cases/resources.js';
import { speedrunCases } from './cases/speedrun.js';
import { spritepalCases } from './cases/spritepal.js';
import { targetCases } from './cases/targets.js';
import { telemetryCases } from './cases/telemetry.js';

export const alertCases: readonly AlertCase[] = [
  ...alertingCases,
  ...collectorCases,
  ...componentCases,
  ...errorCases,
  ...objectiveCases,
  ...orchestratorCases,
  ...resourceCases,
  ...speedrunCases,
  ...spritepalCases,
  ...targetCases,
  ...telemetryCases,
];

/** What `/dashboard/overview` of a service says that has seen a bit of everything. */
export const overview = {
  snapshot: {
    time: '2026-11-24T12:00:10.000Z',
    service: { name: 'shop', version: '1.4.0', environment: 'production' },
    operations: [
      { name: 'rom_loading', count: 0, failures: 0, active: 2, ratePerSecond: 0, errorsByType: {} },
      {
        name: 'sprite_extraction',
        count: 12_445,
        failures: 100,
        successRate: 0.992,
        active: 1,
        ratePerSecond: 4.2,
        durationSeconds: { mean: 0.1, p50: 0.0123, p75: 0.1, p90: 0.2, p95: 0.0496, p99: 1.5, max: 305 },
        errorsByType: { RangeError: 100 },
      },
      {
        name: 'an_operation_with_a_name_that_goes_on_and_on_and_never_comes_to_an_end',
        count: 10,
        failures: 0,
        active: 0,
        ratePerSecond: 0.05,
        durationSeconds: { mean: 0.00025 },
        errorsByType: {},
      },
    ],
    errors: {
      total: 102,
      ratePerMinute: 1.5,
      byType: { TypeError: 2, RangeError: 100 },
      bySeverity: { error: 101, critical: 1 },
      byOperation: { sprite_extraction: 100 },
    },
    usage: {
      features: [
        { name: 'batch', action: 'completed', uses: 7, failures: 0, successRate: 1, meanDurationSeconds: 1.8 },
        { name: 'undo', uses: 3, failures: 1, successRate: 2 / 3 },
      ],
      workflows: [{ name: 'import', steps: { upload: 3, parse: 2 }, completed: 2, failed: 1, meanDurationSeconds: 12 }],
    },
    caches: [{ name: 'thumbnails', hits: 900, misses: 55, hitRatio: 900 / 955 }],
    health: {
      status: 'degraded',
      components: [
        { name: 'database', status: 'healthy', critical: true },
        {
          name: 'mail',
          status: 'unhealthy',
          critical: false,
          message: 'the queue is full and nothing leaves: 4231 messages wait',
          recovery: 'Check the relay',
        },
      ],
    },
    resources: {
      process: {
        uptimeSeconds: 8100,
        cpuUtilization: 0.0446,
        memory: 68_100_000,
        memoryUtilization: 0.0027,
        threads: 11,
        openFileDescriptors: 21,
        disk: { read: 0, written: 1_234_567 },
      },
      system: {
        uptimeSeconds: 400_000,
        cpuUtilization: 0.5,
        memory: { used: 755_000_000, total: 25_300_000_000 },
        filesystems: [{ name: '/', used: 18_200_000_000, total: 271_000_000_000 }],
        network: { received: 938_000_000, transmitted: 3_480_000 },
      },
      runtime: {
        eventLoopDelaySeconds: { p50: 0.000_218, p99: 0.0123, max: 0.03 },
        eventLoopUtilization: 0.41,
        heap: { used: 11_600_000, size: 18_300_000 },
        garbageCollection: { count: 120, totalSeconds: 0.31 },
      },
    },
    custom: { queue: { queue_depth: 7, workers: 2 } },
    series: { overflow: [{ metric: 'monitor.errors', measurements: 12 }] },
  },
  status: {
    enabled: true,
    server: { state: 'listening', url: 'http://127.0.0.1:9464' },
    signals: {
      traces: {
        ownership: 'own',
        endpoint: 'http://127.0.0.1:4318/v1/traces',
        bytesWritten: 12_345,
        failedExports: 3,
        dropped: 512,
        lastError: 'nothing listens there',
      },
      metrics: { ownership: 'own' },
      logs: { ownership: 'attached' },
    },
    instrumentations: [
      { name: 'express', state: 'enabled', package: 'x 0.71.1', patched: ['express 5.3.0'] },
      { name: 'pg', state: 'enabled', package: 'x 0.76.0', patched: [], unsupported: ['pg 9.0.0'] },
      { name: 'koa', state: 'refused', package: 'x', reason: 'it exports no class of an instrumentation' },
      { name: 'redis', state: 'disabled' },
    ],
    ownCost: { cpuSeconds: 0.021, cpuPercent: 0.13, bytesWritten: 1_234_567, memoryBytes: 300_000 },
    workers: { present: 4, missing: 1, departed: 2, refused: 0, unmergeable: 0 },
    state: {
      state: 'open',
      directory: '/var/lib/shop',
      slot: 0,
      bytes: 345_684,
      problems: ['1.journal ends in the middle of a write at byte 12130'],
    },
    dropped: { measurements: 3, attributes: 0 },
    metricsPage: {
      problems: [
        { reason: 'type_conflict', metric: 'jobs', series: 3, dropped: true },
        { reason: 'label_conflict', metric: 'calls', series: 1, dropped: false },
      ],
    },
    warnings: ['alerts are configured but not evaluated by this version'],
  },
};

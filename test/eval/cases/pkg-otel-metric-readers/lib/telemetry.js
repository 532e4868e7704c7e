'use strict';
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');

/** Gives its metrics to whoever asks for them. */
class PullReader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}

  async names() {
    const { resourceMetrics } = await this.collect();
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics.map(({ descriptor }) => descriptor.name));
  }
}

const provider = new MeterProvider();
const forScraper = new PullReader();
const forDashboard = new PullReader();
provider.addMetricReader(forScraper);
provider.addMetricReader(forDashboard);

exports.meter = provider.getMeter('shop');
exports.scrape = async () => ({ scraper: await forScraper.names(), dashboard: await forDashboard.names() });

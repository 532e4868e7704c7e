export class Counter {
  constructor(name, labelNames) {
    this.name = name;
    this.labelNames = labelNames;
    this.series = Object.create(null);
  }

  increase(labels, by = 1) {
    const key = this.labelNames.map((label) => labels[label]).join('|');
    const known = this.series[key];
    if (known) known.value += by;
    else this.series[key] = { labels, value: by };
  }

  render() {
    return Object.values(this.series)
      .map(({ labels, value }) => this.name + JSON.stringify(labels) + ' ' + value)
      .join('\n');
  }
}

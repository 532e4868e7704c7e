const CHUNK = 1024;

export class Readings {
  private values = new Float64Array(CHUNK);
  private length = 0;

  add(value: number): void {
    if (this.length === this.values.length) this.grow();
    this.values[this.length++] = value;
  }

  mean(count: number): number {
    const last = this.values.subarray(Math.max(0, this.length - count), this.length);
    return last.reduce((sum, value) => sum + value, 0) / last.length;
  }

  private grow(): void {
    const larger = new Float64Array(this.values.length + CHUNK);
    larger.set(this.values);
    this.values = larger;
  }
}

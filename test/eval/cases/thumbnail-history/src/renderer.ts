export interface Picture {
  readonly id: number;
  readonly width: number;
  readonly height: number;
}

export class Renderer {
  private readonly rendered: Buffer[] = [];

  thumbnail(picture: Picture): Buffer {
    const pixels = Buffer.alloc((picture.width / 8) * (picture.height / 8) * 4);
    pixels.fill(picture.id % 251);
    this.rendered.push(pixels);
    return this.latest();
  }

  private latest(): Buffer {
    return this.rendered[this.rendered.length - 1];
  }
}

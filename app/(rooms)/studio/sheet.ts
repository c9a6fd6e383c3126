/** What a person draws on: a canvas, and what it was before each stroke. Lengths in canvas pixels. */
export class Sheet {
  readonly #pen: CanvasRenderingContext2D;
  readonly #before: ImageData[] = [];
  /** More was drawn than can be undone. */
  #isForgetful = false;

  constructor(canvas: HTMLCanvasElement) {
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    if (!pen) throw new Error("the browser gives no 2d canvas");
    this.#pen = pen;
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  get isBlank(): boolean {
    return this.#before.length === 0 && !this.#isForgetful;
  }

  /** Another shape is another sheet: what was drawn is fitted onto it, and cannot be undone any more. */
  reshape(width: number, height: number): void {
    const { canvas } = this.#pen;
    const drawn = document.createElement("canvas");
    [drawn.width, drawn.height] = [canvas.width, canvas.height];
    drawn.getContext("2d")?.drawImage(canvas, 0, 0);
    [canvas.width, canvas.height] = [width, height];
    [this.#pen.lineCap, this.#pen.lineJoin] = ["round", "round"];
    this.#wash("#ffffff");
    if (this.isBlank) return;
    const blank = this.#pen.getImageData(0, 0, width, height);
    this.#pen.drawImage(drawn, 0, 0, width, height);
    this.#before.splice(0, Infinity, blank);
    this.#isForgetful = false;
  }

  begin(x: number, y: number, color: string, breadth: number): void {
    this.#keep();
    [this.#pen.strokeStyle, this.#pen.lineWidth] = [color, breadth];
    this.#pen.beginPath();
    this.#pen.moveTo(x, y);
    this.drawTo(x, y);
  }

  drawTo(x: number, y: number): void {
    this.#pen.lineTo(x, y);
    this.#pen.stroke();
  }

  fill(color: string): void {
    this.#keep();
    this.#wash(color);
  }

  /** The middle of the picture, over the whole sheet. */
  cover(picture: ImageBitmap): void {
    this.#keep();
    const { width, height } = this.#pen.canvas;
    const scale = Math.max(width / picture.width, height / picture.height);
    const [w, h] = [picture.width * scale, picture.height * scale];
    this.#pen.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
  }

  undo(): void {
    const last = this.#before.pop();
    if (last) this.#pen.putImageData(last, 0, 0);
  }

  clear(): void {
    this.#isForgetful = false;
    this.#before.length = 0;
    this.#wash("#ffffff");
  }

  toBlob(): Promise<Blob> {
    return new Promise((resolve, reject) => {
      const done = (blob: Blob | null) => (blob ? resolve(blob) : reject(new Error("the sheet could not be read")));
      this.#pen.canvas.toBlob(done, "image/png");
    });
  }

  #wash(color: string): void {
    const { width, height } = this.#pen.canvas;
    this.#pen.fillStyle = color;
    this.#pen.fillRect(0, 0, width, height);
  }

  #keep(): void {
    const { width, height } = this.#pen.canvas;
    this.#before.push(this.#pen.getImageData(0, 0, width, height));
    if (this.#before.length <= UNDO_STEPS) return;
    this.#before.shift();
    this.#isForgetful = true;
  }
}

const UNDO_STEPS = 20;

/** Writes zip archives, sound ones and others (PKWARE APPNOTE 4.3): names and attributes go in as they are given. */
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  /** Unix mode; 0o120777 makes a symbolic link of it. */
  readonly mode?: number;
}

const UTF8 = 0x0800;
const DEFLATE = 8;
const UNIX = 0x0314;

export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, mode = 0o100644 } of entries) {
    const packed = deflateRawSync(data);
    const title = Buffer.from(name);
    const shared = Buffer.alloc(22);
    shared.writeUInt16LE(UTF8, 0);
    shared.writeUInt16LE(DEFLATE, 2);
    shared.writeUInt32LE(crc32(data), 8);
    shared.writeUInt32LE(packed.length, 12);
    shared.writeUInt32LE(data.length, 16);
    shared.writeUInt16LE(title.length, 20);
    const local = Buffer.concat([Buffer.from("504b03041400", "hex"), shared, Buffer.alloc(2), title, packed]);
    const central = Buffer.alloc(16);
    central.writeUInt32LE(Math.imul(mode, 65_536) >>> 0, 8);
    central.writeUInt32LE(at, 12);
    const version = Buffer.alloc(2);
    version.writeUInt16LE(UNIX);
    directory.push(
      Buffer.concat([Buffer.from("504b0102", "hex"), version, Buffer.from("1400", "hex"), shared, central, title]),
    );
    locals.push(local);
    at += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("504b0506", "hex");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, index, end]);
}

import { z } from 'zod';

/** Clip and suite ids name files on every platform. */
export const idSchema: z.ZodString = z
  .string('letters, digits, ".", "_" and "-"')
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/, '1 to 100 letters, digits, ".", "_" and "-", not starting with "."');

/** An id from a file's name: accents dropped, everything else that an id cannot hold becomes `-`. Empty if nothing is left. */
export function sanitiseId(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|-+$/g, '')
    .slice(0, 100);
}

/** An id as others write it, fit to name files: as it is where it can be, else without what no file system takes. */
export function clipIdFrom(name: string): string {
  return idSchema.safeParse(name).success ? name : sanitiseId(name);
}

import { describe, expect, it } from 'vitest';
import { npmRegistry } from '../../src/cli/npm-registry.js';

describe('npmRegistry', () => {
  it('is what npm hands to its scripts', async () => {
    expect(await npmRegistry({ npm_config_registry: 'https://packages.example/' })).toBe('https://packages.example/');
  });

  it('is what npm is set to, where no script runs', async () => {
    const { npm_config_registry: _, ...environment } = process.env;
    expect(await npmRegistry(environment)).toMatch(/^https?:\/\/\S+$/);
  });

  it('says what to do where there is no npm', async () => {
    await expect(npmRegistry({ PATH: '/nowhere' })).rejects.toThrow(/cannot be asked/);
  });
});

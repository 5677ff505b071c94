import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  compatOf,
  type EncoderFamily,
  type Numerics,
  type Protocol,
  protocolHash,
  protocolName,
  soundStepsFor,
} from '../../src/core/protocol.js';
import { bench1, inCompat, protocolById, protocols } from '../../src/core/protocols/index.js';
import { metrics } from '../../src/metrics/index.js';
import { type Metric, underNumerics } from '../../src/metrics/metric.js';

const all = protocols.flatMap((protocol) => [protocol, compatOf(protocol) ?? []].flat());

/** A protocol is frozen: another hash needs another version. */
const frozen: Readonly<Record<string, string>> = {
  'bench-1 v1': '4b8931c0ed80fa435c01250c9a6fb58bd57757e1ae6764fd88e84182f0c52c69',
  'fadtk-1.1 v2': 'def334a624009a4def58b7778581109a93691bde57b05ba87c253d0897d79b4e',
  'fadtk-1.1 (compat) v2': '02c52245c0eac68e21ab150a98cdde0be840c6a20d77a42666d58dddde2f03d0',
  'google-fad v1': '05a3aeb0e32aa8eaae98c4335a6f48994c261469dfc9223873ba83740367be87',
  'gudgud-vggish v1': 'c912f06153b775626c527dda887ea987034d085562e2c30ec73fad8608fa6585',
  'audioldm-eval-cnn14-16k v1': '1e599d4286b2a8db08f47ffa3faca45b73b6418e7e3fd459ec41fc87e452ad59',
  'av-benchmark v1': '638afab4e70c566ed99a08acbc1d3255449065043b3c4358fb54467a55392db1',
  'stable-audio-metrics v2': '9e7241f0d44a2f76e4f45ecff212defc1b80168765078c6ee23052042cd65bc1',
  'audiocraft-kld v1': 'b8af274b4d7ca7e72c6c9efe2442d888732b12db1735fcaad0f611565c636375',
  'kadtk v2': '261c4feff2bd359224d687fb0ade459820d706320a98cd26efc99eb35b1f7809',
  'kadtk (compat) v2': '41141d72d444870752cd05143474f4246f37625a57c236d8c8489128a9e130dc',
  'v2m-paper v1': 'c5ce3f3a67a1b6e0c4fc66546978303120d551fef894eea422a2267cb9942a82',
};

/** Metrics that protocols name and this version does not have; a line goes when its metric comes. */
const missingMetrics: readonly string[] = [];

/** Choices of protocols that no metric of this version takes; a name goes when its metric comes. */
const unreachedNumerics: readonly string[] = [];

describe('the protocols', () => {
  it('are frozen: other data under the same id and version fail here', () => {
    const now = Object.fromEntries(
      all.map((protocol) => [`${protocolName(protocol)} v${protocol.version}`, protocolHash(protocol)]),
    );
    expect(now).toEqual(frozen);
    expect(new Set(Object.values(now)).size).toBe(all.length);
  });

  it.each(all.map((protocol) => [protocolName(protocol), protocol] as const))(
    '%s brings every encoder one channel at its own rate',
    (_, protocol) => {
      for (const steps of [protocol.sound, ...Object.values(protocol.soundOf)]) {
        expect(steps.filter(({ step }) => step === 'channels')).toHaveLength(1);
        expect(steps.filter((step) => step.step === 'resample' && step.toHz === undefined)).toHaveLength(1);
      }
    },
  );

  it('match loudness before they resample, and only in the common steps', () => {
    for (const { sound, soundOf } of all) {
      const names = sound.map(({ step }) => step);
      if (names.includes('match-loudness'))
        expect(names.indexOf('match-loudness')).toBeLessThan(names.indexOf('resample'));
      for (const steps of Object.values(soundOf)) expect(steps.map(({ step }) => step)).not.toContain('match-loudness');
    }
  });

  it('name sources for how sound is prepared and what is published, unless they are this project’s own', () => {
    for (const { id, status, sources, soundOf } of protocols) {
      if (status === 'recommended') continue;
      const settled = new Set(sources.flatMap(({ settles }) => settles));
      const needed = ['sound', 'metrics', ...Object.keys(soundOf).map((family) => `sound of ${family}`)];
      expect([...settled], id).toEqual(expect.arrayContaining(needed));
      for (const { repository, commit } of sources) {
        expect(repository).toMatch(/^https:\/\/github\.com\/[^/]+\/[^/]+$/);
        expect(commit).toMatch(/^[0-9a-f]{7}$/);
      }
    }
  });

  it('have a section of the docs each', () => {
    const docs = readFileSync(new URL('../../docs/protocols.md', import.meta.url), 'utf8');
    for (const { id, sources } of protocols) {
      const section = docs.split(`\n## ${id}\n`)[1];
      expect(section, id).toBeDefined();
      const commits = new Set(sources.map(({ commit }) => commit));
      if (commits.size === 1) expect(docs).toContain([...commits][0]);
    }
  });

  it('lists which metrics of protocols are not there yet', () => {
    const known = new Set(metrics.map(({ id }) => id));
    const missing = [...new Set(protocols.flatMap((protocol) => protocol.metrics))].filter((id) => !known.has(id));
    expect(missing.sort()).toEqual(missingMetrics);
  });

  it('lists which numerics reach no metric yet', () => {
    const { numerics } = bench1;
    const others = { meanOfClip: 'float16', kernelBandwidth: 'evaluated', klOfWindows: 'each-window' } as const;
    const functionUnder = (metric: Metric, set: Numerics): unknown => {
      const under = underNumerics(metric, set);
      return under.level === 'set' ? under.compute : under.level === 'paired' ? under.compare : under.measure;
    };
    const unreached = Object.entries(others).filter(([name, value]) =>
      metrics.every(
        (metric) => functionUnder(metric, numerics) === functionUnder(metric, { ...numerics, [name]: value }),
      ),
    );
    expect(unreached.map(([name]) => name)).toEqual(unreachedNumerics);
  });

  it('name metrics by the rule of this project', () => {
    const space =
      /(vggish|openl3-(mel128-)?(music|env)(-stereo)?|cnn14-(16|32)k|passt-s-(10|20)s|clap-(music|music-speech|630k-audioset)|mert-v1-95m)/
        .source;
    const forms = [
      `frechet-(infinity-|per-song-)?${space}`,
      `(kernel-distance|kid|inception-score|precision|recall|density|coverage|vendi)-${space}`,
      `kl-${space}-(ref-gen|gen-ref)(-eps1e-6)?(-sigmoid)?`,
      'imagebind-score(-av-benchmark)?',
      'desync',
    ];
    for (const { metrics: ids } of protocols)
      for (const id of ids) expect(id).toMatch(new RegExp(`^(${forms.join('|')})$`));
  });
});

describe('compatOf', () => {
  it('sets what the known bugs say, and nothing else', () => {
    expect(compatOf(protocolById('kadtk'))).toEqual({
      ...protocolById('kadtk'),
      compat: true,
      summary: expect.stringContaining('known bugs'),
      numerics: { ...protocolById('kadtk').numerics, kernelBandwidth: 'evaluated', meanOfClip: 'float16' },
    });
    expect(compatOf(protocolById('fadtk-1.1'))?.numerics.meanOfClip).toBe('float16');
    expect(compatOf(bench1)).toBeUndefined();
  });

  it('is refused where there is nothing to reproduce', () => {
    expect(() => inCompat(bench1)).toThrow(/no bugs to reproduce.*fadtk-1\.1 and kadtk/s);
    expect(protocolName(inCompat(protocolById('kadtk')))).toBe('kadtk (compat)');
  });
});

describe('protocolById', () => {
  it('names the nearest ids', () => {
    expect(() => protocolById('fadtk')).toThrow(/there is no protocol 'fadtk'.*fadtk-1\.1|kadtk/s);
    expect(() => protocolById('av-bench')).toThrow(/av-benchmark/);
  });
});

describe('soundStepsFor', () => {
  const steps = (protocol: Protocol, family: EncoderFamily | undefined, loudnessMatched = true): string[] =>
    soundStepsFor(protocol, { ...(family === undefined ? {} : { family }), loudnessMatched }).map(({ step }) => step);

  it('keeps the level from encoders that take it as it is', () => {
    expect(steps(bench1, undefined, false)).toEqual(['channels', 'resample']);
    expect(steps(protocolById('google-fad'), undefined, false)).toEqual(['channels', 'resample', 'round-to-int16']);
    expect(steps(protocolById('stable-audio-metrics'), 'passt', false)).toEqual(['channels', 'resample']);
  });

  it('keeps channels apart for encoders that hear them so', () => {
    const hears = { loudnessMatched: true, modality: 'stereo' } as const;
    const names = (id: string): string[] =>
      soundStepsFor(protocolById(id), { ...hears, family: 'openl3' }).map(({ step }) => step);
    expect(names('stable-audio-metrics')).toEqual(['scale-to-peak', 'resample', 'resample']);
    expect(names('bench-1')).toEqual(['match-loudness', 'resample']);
  });

  it('gives a family its own steps', () => {
    expect(steps(protocolById('fadtk-1.1'), 'vggish').at(-1)).toBe('pad-with-zeros');
    expect(steps(protocolById('fadtk-1.1'), 'passt').at(-1)).toBe('round-to-int16');
  });
});

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clip } from '../../src/core/clip.js';
import { encodeVideo } from '../../src/media/encode-video.js';
import { writeWav } from '../../src/media/write-wav.js';
import { buildLeaderboard } from '../../src/report/leaderboard.js';
import { buildProvenance } from '../../src/report/provenance.js';
import { writeReport } from '../../src/report/write/write-report.js';
import { sampleClipIds, sampleRun } from './sample-run.js';

const candidates = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
if (executablePath === undefined) {
  // The checks of a clean clone install a browser: there, none is an error.
  if (process.env.BENCH_REQUIRE_BROWSER === '1')
    throw new Error('BENCH_REQUIRE_BROWSER is set, but there is no browser');
  console.warn(
    'Skipping the report page tests: no browser. Install chromium, or set CHROME_PATH to a Chrome or Chromium.',
  );
}

interface Visit {
  readonly page: Page;
  /** Console errors, page errors, and requests for anything but the page and media beside it. */
  readonly complaints: string[];
}

describe.skipIf(executablePath === undefined)('report.html in a browser', () => {
  let folder = '';
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-page-'));
    await writeSampleReport(folder);
    browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
    return { page, complaints };
  }

  async function systemOrder(page: Page): Promise<string[]> {
    return page.locator('.board tbody .name').allInnerTexts();
  }

  it('opens from a file without errors and without the network, hostile names and all', async () => {
    const { page, complaints } = await visit();
    expect(await page.locator('.board').isVisible()).toBe(true);
    expect(await page.title()).toBe('Demo suite · leaderboard');
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('sorts by mouse and by keyboard, best first, with missing values last both ways', async () => {
    const { page } = await visit();
    const original = await systemOrder(page);
    const beats = page.locator('.board thead button', { hasText: 'Beats on cuts' });
    await beats.click();
    const best = ['Rule-based composer', 'The references themselves', 'Nearest neighbour retrieval'];
    expect((await systemOrder(page)).slice(0, 3)).toEqual(best);
    expect(await page.locator('.board th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    await beats.focus();
    await page.keyboard.press('Enter');
    expect((await systemOrder(page)).slice(0, 3)).toEqual([...best].reverse());
    await page.locator('.board thead button', { hasText: 'Rank' }).click();
    expect(await systemOrder(page)).toEqual(original);
    await page.close();
  });

  it('draws a chart for each metric, in the colours of the reader’s theme', async () => {
    const light = await visit({ colorScheme: 'light' });
    const dark = await visit({ colorScheme: 'dark' });
    const drawn = await inkOfCharts(light.page);
    expect(drawn).toHaveLength(3);
    for (const share of drawn) expect(share).toBeGreaterThan(0.01);
    expect(await canvasData(dark.page)).not.toBe(await canvasData(light.page));
    expect(await backgroundOf(light.page)).toBe('rgb(250, 249, 246)');
    expect(await backgroundOf(dark.page)).toBe('rgb(19, 23, 25)');
    expect(dark.complaints).toEqual([]);
    await light.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => canvasData(light.page)).toBe(await canvasData(dark.page));
    await light.page.close();
    await dark.page.close();
  });

  it.each([320, 375, 768])('fits a screen of %i pixels: tables scroll inside themselves', async (width) => {
    const { page, complaints } = await visit({ viewport: { width, height: 740 } });
    await page.locator('details').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '');
    });
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBe(width);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('reads without scripts', async () => {
    const { page } = await visit({ javaScriptEnabled: false });
    expect(await page.locator('.board .value').nth(3).textContent()).toBe('38.9');
    expect(await page.locator('details.clip[open] audio[controls]').first().isVisible()).toBe(true);
    await page.close();
  });

  it('plays a chosen sound in time with the muted video, and keeps the place when another is chosen', async () => {
    const { page, complaints } = await visit();
    const clip = page.locator('details.clip').first();
    await clip.locator('.sound', { hasText: 'Nearest neighbour' }).click();
    await expect.poll(() => playing(page)).toMatchObject({ name: 'retrieval', videoMuted: true });
    await page.waitForTimeout(600);
    const first = await playing(page);
    expect(Math.abs(first.driftSeconds)).toBeLessThan(0.15);
    await clip.locator('.sound', { hasText: 'Rule-based' }).click();
    await expect.poll(() => playing(page)).toMatchObject({ name: 'composer', count: 1 });
    expect((await playing(page)).videoSeconds).toBeGreaterThanOrEqual(first.videoSeconds);
    await clip.locator('.sound', { hasText: 'own music' }).click();
    await expect.poll(() => playing(page)).toMatchObject({ count: 0, videoMuted: false });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('gives the sounds their own players back where the video is missing', async () => {
    const { page } = await visit();
    const clip = page.locator('details.clip').nth(1);
    await clip.locator('summary').click();
    await clip.locator('.sound').nth(1).click();
    await expect.poll(() => clip.locator('.screen .absent').isVisible()).toBe(true);
    expect(await clip.locator('audio[controls]').first().isVisible()).toBe(true);
    await page.close();
  });
});

interface Playing {
  readonly name: string | undefined;
  readonly count: number;
  readonly videoMuted: boolean;
  readonly videoSeconds: number;
  readonly driftSeconds: number;
}

/** As text: what runs in the page is not typed against this program. The clip begins 1 s into its video. */
async function playing(page: Page): Promise<Playing> {
  return page.evaluate(`(() => {
    const video = document.querySelector('details.clip video');
    const sounds = [...document.querySelectorAll('audio')].filter((one) => !one.paused);
    return {
      name: sounds[0] && decodeURI(sounds[0].getAttribute('src')).split('/')[2],
      count: sounds.length,
      videoMuted: video.muted,
      videoSeconds: video.currentTime,
      driftSeconds: sounds[0] ? video.currentTime - 1 - sounds[0].currentTime : 0,
    };
  })()`);
}

async function canvasData(page: Page): Promise<string> {
  return page.evaluate(`document.querySelector('canvas[data-chart]').toDataURL()`);
}

async function backgroundOf(page: Page): Promise<string> {
  return page.evaluate('getComputedStyle(document.body).backgroundColor');
}

/** Share of the pixels of each chart that were drawn on. */
async function inkOfCharts(page: Page): Promise<number[]> {
  return page.evaluate(`[...document.querySelectorAll('canvas[data-chart]')].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let drawn = 0;
    for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] > 0) drawn += 1;
    return drawn / (canvas.width * canvas.height);
  })`);
}

/** The sample run with real media: six seconds of video of which the clip begins after one, and a tone for each system. */
async function writeSampleReport(folder: string): Promise<void> {
  const run = sampleRun();
  const videoPath = join(folder, 'clip.mp4');
  const wavPath = join(folder, 'tone.wav');
  await writeWav(wavPath, tone(330, 6));
  await encodeVideo(videoPath, {
    widthPx: 64,
    heightPx: 36,
    framesPerSecond: 10,
    frames: greys(60),
    audioPath: wavPath,
  });
  for (const [index, system] of ['composer', 'oracle', 'retrieval', 'silence'].entries()) {
    await mkdir(join(folder, 'audio', system), { recursive: true });
    await writeWav(join(folder, 'audio', system, 'beach.wav'), tone(220 + 110 * index, 5));
  }
  const clips = sampleClipIds.map(
    (id): Clip => ({
      id,
      videoPath: id === 'beach' ? videoPath : join(folder, 'gone.mp4'),
      startSeconds: 1,
      split: 'test',
    }),
  );
  const provenance = buildProvenance(run.manifest, run.generations);
  await writeReport({ folder, leaderboard: buildLeaderboard(run), provenance, clips });
}

function tone(frequencyHz: number, durationSeconds: number): { sampleRateHz: number; channels: Float32Array[] } {
  const sampleRateHz = 16_000;
  const samples = Float32Array.from(
    { length: durationSeconds * sampleRateHz },
    (_, index) => 0.1 * Math.sin((2 * Math.PI * frequencyHz * index) / sampleRateHz),
  );
  return { sampleRateHz, channels: [samples] };
}

function greys(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => new Uint8Array(3 * 64 * 36).fill((index * 4) % 256));
}

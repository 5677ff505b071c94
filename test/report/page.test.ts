import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { html, relativeUrl, scriptJson } from '../../src/report/html/markup.js';
import { renderHtml } from '../../src/report/html/page.js';
import { buildLeaderboard } from '../../src/report/leaderboard.js';
import { buildProvenance } from '../../src/report/provenance.js';
import { hostile, limitedRun, sampleClipIds, sampleRun } from './sample-run.js';

const library = 'window.Chart = function () {};';
const hostileFile = { path: `../${hostile}"/clip.mp4`, startSeconds: 2, durationSeconds: 5 };

function pageOf(run = sampleRun()): string {
  const media = Object.fromEntries(sampleClipIds.map((clipId) => [clipId, { video: hostileFile }]));
  const provenance = buildProvenance(run.manifest, run.generations);
  return renderHtml({ leaderboard: buildLeaderboard(run), provenance, media, chartLibrary: library });
}

describe('renderHtml', () => {
  const page = pageOf();

  it('escapes what came from others, in text, attributes and data', () => {
    expect(page).not.toContain('<img');
    expect(page).not.toContain('onerror="');
    expect(page.match(/<script\b/g)).toHaveLength(3);
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(page).toContain('&lt;/script&gt;&lt;img');
  });

  it('names its scripts and style by hash in a policy that allows nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const inline = [...page.matchAll(/<(script|style)>([\s\S]*?)<\/\1>/g)].map((match) => match[2] as string);
    expect(inline).toHaveLength(3);
    for (const text of inline) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    }
    expect(page).not.toMatch(/ style=| on\w+="/);
  });

  it('points at nothing outside the run folder and its media', () => {
    const urls = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1] as string);
    expect(urls.length).toBeGreaterThan(20);
    for (const url of urls) expect(url).toMatch(/^(\.\/|#|data:,$)/);
  });

  it('gives every table a caption and scoped headings', () => {
    const tables = page.match(/<table[\s\S]*?<\/table>/g) ?? [];
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) {
      expect(table).toContain('<caption>');
      expect(table.match(/<th\b/g)?.length).toBe(table.match(/<th scope=/g)?.length);
    }
  });

  it('holds values with intervals, yardsticks, comparisons, gaps and provenance', () => {
    for (const text of ['[35.2, 47.4]', 'rank 1–2', 'N 5/6', 'same set', 'no difference shown', 'ran out of silence'])
      expect(page).toContain(text);
    for (const text of ['Example CPU, 2 cores', 'f00dfeed with local changes', '2031-01-02T03:04:05.000Z'])
      expect(page).toContain(text);
    expect(page).toContain('Real music scores 19.4');
  });

  it('starts at the clip inside a longer video', () => {
    expect(page).toContain('clip.mp4#t=2,7"');
    expect(page).toContain('data-start="2"');
  });

  it('puts a banner on a partial run and its warnings, and none on a whole one', () => {
    expect(page).not.toContain('class="banner"');
    const partial = pageOf(limitedRun());
    expect(partial.match(/class="banner"/g)).toHaveLength(2);
    expect(partial).toContain('<strong>Partial run, not ranked</strong> limited to 3 of 6 clips');
  });

  it('keeps the end of a script inside the chart library from ending the page’s', () => {
    const run = sampleRun();
    const provenance = buildProvenance(run.manifest, run.generations);
    const chartLibrary = 'const text = "</script>";';
    const text = renderHtml({ leaderboard: buildLeaderboard(run), provenance, media: {}, chartLibrary });
    expect(text.match(/<\/script>/g)).toHaveLength(3);
  });
});

describe('markup', () => {
  it('escapes text, keeps markup, joins lists and leaves out undefined', () => {
    expect(html`<b title="${'"&'}">${['<i>', html`<u>${1}</u>`]}${undefined}</b>`.text).toBe(
      '<b title="&quot;&amp;">&lt;i&gt;<u>1</u></b>',
    );
  });

  it('leaves no scheme in a path', () => {
    expect(relativeUrl('javascript:alert(1)')).toBe('./javascript%3Aalert(1)');
    expect(relativeUrl('audio/a b#c?.wav')).toBe('./audio/a%20b%23c%3F.wav');
    expect(relativeUrl('../media/x.mp4')).toBe('./../media/x.mp4');
  });

  it('writes JSON that cannot leave its script and reads back the same', () => {
    const { text } = scriptJson({ name: hostile });
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toEqual({ name: hostile });
  });
});

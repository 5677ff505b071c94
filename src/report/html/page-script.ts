/**
 * What the page does in the browser: sorts tables, draws the charts, and plays a chosen sound in time with the muted
 * video. Plain JavaScript; all of it only adds to a page that reads without scripts.
 */
export const pageScript: string = `'use strict';
(function () {
  const data = JSON.parse(document.getElementById('report-data').textContent);

  function sortBy(button) {
    const head = button.closest('th');
    const table = head.closest('table');
    const current = head.getAttribute('aria-sort');
    const opposite = { ascending: 'descending', descending: 'ascending' };
    const order = current ? opposite[current] : button.dataset.first;
    for (const other of table.tHead.querySelectorAll('th[aria-sort]')) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', order);
    const body = table.tBodies[0];
    const rows = Array.from(body.rows).map(function (row, index) {
      const key = row.cells[head.cellIndex] ? row.cells[head.cellIndex].dataset.value : '';
      return { row: row, index: index, key: key === undefined ? '' : key };
    });
    rows.sort(function (a, b) { return compareKeys(a.key, b.key, order) || a.index - b.index; });
    for (const entry of rows) body.append(entry.row);
  }

  // Rows without a value stay last in both orders.
  function compareKeys(a, b, order) {
    if (a === '' || b === '') return (a === '' ? 1 : 0) - (b === '' ? 1 : 0);
    const sign = order === 'ascending' ? 1 : -1;
    const difference = Number(a) - Number(b);
    return sign * (Number.isNaN(difference) ? a.localeCompare(b) : difference);
  }

  document.addEventListener('click', function (event) {
    const button = event.target.closest('.sortable thead button');
    if (button) sortBy(button);
  });

  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  let charts = [];

  function drawCharts() {
    for (const chart of charts) chart.destroy();
    const theme = dark.matches ? 'dark' : 'light';
    charts = Array.from(document.querySelectorAll('canvas[data-chart]')).map(function (canvas) {
      // A copy: the library writes into what it is given.
      const config = JSON.parse(JSON.stringify(data.charts[Number(canvas.dataset.chart)][theme]));
      if (window.innerWidth < 560) narrow(config);
      return new Chart(canvas, config);
    });
  }

  // A phone has no room for what the text around the chart says as well.
  function narrow(config) {
    config.options.plugins.legend.display = false;
    config.options.scales.x.title.display = false;
    config.data.labels = config.data.labels.map(function (label) {
      return label.length > 16 ? label.slice(0, 15) + '…' : label;
    });
  }

  drawCharts();
  dark.addEventListener('change', drawCharts);

  // How far sound and pictures may drift apart, in seconds: beyond the first the sound is hurried or held back, at the
  // same pitch; beyond the second it is moved, which can be heard.
  const audible = 0.025;
  const tolerance = 0.12;
  const checkEveryMs = 60;

  function setUpClip(clip) {
    const video = clip.querySelector('video');
    const audios = Array.from(clip.querySelectorAll('audio'));
    if (!video) return;
    const buttons = Array.from(clip.querySelectorAll('.sound'));
    let chosen = null;
    let timer = 0;

    function soundOf(button) {
      return button.parentElement.querySelector('audio');
    }
    function current() {
      return chosen ? soundOf(chosen) : null;
    }
    function place(sound) {
      return video.currentTime - Number(video.dataset.start) + Number(sound.dataset.start);
    }
    function lag(sound) {
      return Math.max(0, place(sound)) - sound.currentTime;
    }
    function follow() {
      const sound = current();
      if (!sound || video.paused || video.seeking) return;
      sound.volume = video.volume;
      if (sound.paused) {
        if (Math.abs(lag(sound)) > audible) sound.currentTime = Math.max(0, place(sound));
        if (!sound.ended) sound.play().catch(function () {});
        return;
      }
      if (sound.seeking) return;
      const late = lag(sound);
      if (Math.abs(late) > tolerance) sound.currentTime = Math.max(0, place(sound));
      const nudge = Math.abs(late) > audible ? Math.sign(late) * 0.08 : 0;
      sound.playbackRate = video.playbackRate * (1 + nudge);
    }
    function quiet() {
      for (const audio of audios) audio.pause();
    }
    function choose(button) {
      quiet();
      chosen = button;
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
      video.muted = soundOf(button) !== null;
      follow();
    }

    function lose(button) {
      if (button.disabled) return;
      button.disabled = true;
      button.append(' (sound file not found)');
    }

    for (const button of buttons) {
      button.hidden = false;
      button.parentElement.querySelector('.plain').hidden = true;
      button.addEventListener('click', function () {
        if (button === chosen && !video.paused) return video.pause();
        choose(button);
        if (video.paused) video.play().catch(function () {});
      });
    }
    for (const audio of audios) {
      audio.removeAttribute('controls');
      audio.addEventListener('error', function () { lose(audio.parentElement.querySelector('.sound')); });
    }

    video.addEventListener('play', function () {
      for (const other of document.querySelectorAll('video')) if (other !== video) other.pause();
      clip.classList.add('playing');
      clearInterval(timer);
      timer = setInterval(follow, checkEveryMs);
      if (!chosen) choose(buttons.find(soundOf) || buttons[0]);
      follow();
    });
    video.addEventListener('pause', function () {
      clip.classList.remove('playing');
      clearInterval(timer);
      quiet();
    });
    video.addEventListener('ended', quiet);
    video.addEventListener('waiting', quiet);
    video.addEventListener('playing', follow);
    video.addEventListener('seeked', follow);

    // Without the pictures the sounds get their own players back.
    video.addEventListener('error', function () {
      quiet();
      video.hidden = true;
      clip.querySelector('.screen .absent').hidden = false;
      for (const audio of audios) audio.setAttribute('controls', '');
      for (const button of buttons) {
        button.hidden = true;
        button.parentElement.querySelector('.plain').hidden = false;
      }
    });
  }

  document.querySelectorAll('details.clip').forEach(setUpClip);

  // One sound at a time, also among the players of clips without a video.
  document.addEventListener('play', function (event) {
    if (!(event.target instanceof HTMLAudioElement) || !event.target.controls) return;
    for (const other of document.querySelectorAll('audio')) if (other !== event.target) other.pause();
  }, true);
})();
`;

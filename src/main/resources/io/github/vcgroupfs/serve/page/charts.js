/**
 * Charts over time, drawn by uPlot: lines with their names beside them, units, a linear or logarithmic scale, and
 * the time under memory pressure shaded. The live view and the what-if view use it.
 *
 * What is drawn can be read by programs: `element.chartData` is
 * `{times, lines: {id: values}, pressure, scale: 'linear'|'log', unit}`.
 */
import uPlot from '/webjars/uplot/uPlot.esm.js';
import { choice, el, setText } from './dom.js';
import { clock, units } from './format.js';
import { asksForLog, lastIndex, logSplits, spans } from './scales.js';

/**
 * @typedef {object} Line
 * @property {string} id its name for programs
 * @property {string} label its name, drawn beside its end
 * @property {Array<?number>} values one for each time; null: not known, or there is no limit
 * @property {string} [tone] a colour of the style sheet: `usage` stands for `--tone-usage`; if left out, the id
 * @property {boolean} [dashed] whether it is drawn as dashes
 * @property {boolean} [filled] whether the area below is tinted
 * @property {boolean} [stepped] whether a value holds until the next
 * @property {string} [absent] what null means, in a word; a dash if left out
 */

/**
 * @typedef {object} ChartData
 * @property {number[]} times seconds, rising: since 1970, or since the start
 * @property {Line[]} lines what to draw
 * @property {Array<number|boolean|null>} [pressure] for each time, whether there was memory pressure from then on
 * @property {string} [of] whose data it is; of somebody else the scale `auto` is chosen anew
 * @property {[number, number]} [range] the times to show; if left out, all
 * @property {'linear'|'log'} [auto] what the scale `auto` stands for, so that two charts can have the same
 * @property {number} [top] the least that the scale reaches up to, so that two charts can have the same
 */

/**
 * @typedef {object} ChartOptions
 * @property {string} name its name for programs
 * @property {string} title what it shows
 * @property {'bytes'|'bytes/s'|'count'|'count/s'} unit of all lines
 * @property {'auto'|'linear'|'log'} [scale] what to begin with; `auto` if left out
 * @property {boolean} [canChoose] whether the reader can choose the scale
 * @property {boolean} [clock] whether times are times of the day
 * @property {string} [sync] charts with the same word share their cursor
 * @property {number} [height] pixels of the plot
 * @property {boolean} [timeLabels] whether times are written below
 * @property {boolean} [namesPressure] whether it says so when there is pressure; one of several charts is enough
 * @property {string} [nothing] what to say when no line has a value
 */

/** Below this a logarithmic scale is linear, so that it has a 0. A page, or one. */
const FOOT = { bytes: 4096, 'bytes/s': 1024, count: 1, 'count/s': 1 };
const POWERS_OF_TWO = Array.from({ length: 53 }, (_, power) => 2 ** power);
const FONT = '12px system-ui, sans-serif';
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

/** One chart in an element. */
export class Chart {
  /**
   * @param {HTMLElement} element where; what was in it goes
   * @param {ChartOptions} options how
   */
  constructor(element, options) {
    this.element = element;
    this.options = { scale: 'auto', height: 150, timeLabels: true, namesPressure: true, ...options };
    this.format = units[options.unit];
    this.data = { times: [], lines: [] };
    this.autoLog = false;
    this.readout = el('div', { class: 'chart-readout' });
    this.plot = el('div', { class: 'chart-plot' });
    const scales = [['auto', 'auto'], ['linear', 'linear'], ['log', 'log']];
    this.scales = options.canChoose
      ? choice(`Scale of ${options.title}`, scales, this.options.scale, (scale) => this.setScale(scale))
      : null;
    this.title = el('h3', {}, options.title);
    const head = el('div', { class: 'chart-head' }, this.title, this.readout, this.scales);
    element.replaceChildren(head, this.plot);
    element.classList.add('chart');
    element.dataset.chart = options.name;
    element.tabIndex = 0;
    element.setAttribute('role', 'group');
    this.listeners = new AbortController();
    element.addEventListener('keydown', (event) => this.#moveCursor(event), { signal: this.listeners.signal });
    document.addEventListener('themechange', () => this.#rebuild(), { signal: this.listeners.signal });
    this.resizes = new ResizeObserver(() => this.#resize());
    this.resizes.observe(this.plot);
  }

  /**
   * Draws new data.
   *
   * @param {ChartData} data what
   */
  update(data) {
    const before = this.data;
    this.data = data;
    const scale = this.#scaleOf(data);
    const same = this.uplot && scale === this.scale && lineKey(before) === lineKey(data);
    this.scale = scale;
    this.element.chartData = {
      times: data.times,
      lines: Object.fromEntries(data.lines.map((line) => [line.id, line.values])),
      pressure: data.pressure ?? [],
      scale,
      unit: this.options.unit,
    };
    this.element.dataset.scale = scale;
    if (same) {
      this.uplot.setData([data.times, ...data.lines.map((line) => line.values)]);
    } else {
      this.#rebuild();
    }
    this.#writeReadout();
  }

  /**
   * Chooses the scale.
   *
   * @param {'auto'|'linear'|'log'} scale which
   */
  setScale(scale) {
    this.options.scale = scale;
    this.scales?.choose(scale);
    this.update(this.data);
  }

  /**
   * Says what it shows from now on.
   *
   * @param {string} title in a few words
   */
  setTitle(title) {
    setText(this.title, title);
  }

  /** Ends it; the element is left empty. */
  destroy() {
    this.listeners.abort();
    this.resizes.disconnect();
    this.uplot?.destroy();
    this.uplot = null;
    this.element.replaceChildren();
  }

  #scaleOf(data) {
    if (this.options.scale !== 'auto') {
      return this.options.scale;
    }
    const isLog = this.autoLog && data.of === this.autoOf;
    this.autoLog = asksForLog(data.lines, isLog);
    this.autoOf = data.of;
    return data.auto ?? (this.autoLog ? 'log' : 'linear');
  }

  #resize() {
    const width = this.plot.clientWidth;
    if (this.uplot && width > 0 && width !== this.uplot.width) {
      this.uplot.setSize({ width, height: this.#height() });
    }
  }

  #height() {
    return this.options.height + (this.options.timeLabels ? 24 : 0);
  }

  #rebuild() {
    this.uplot?.destroy();
    this.colours = readColours(this.element, this.data.lines);
    const data = [this.data.times, ...this.data.lines.map((line) => line.values)];
    this.uplot = new uPlot(this.#uplotOptions(), data, this.plot);
  }

  #uplotOptions() {
    const narrow = this.plot.clientWidth < 480;
    const { ink, grid } = this.colours;
    const rules = { stroke: grid, width: 1 };
    const axis = { stroke: ink, font: FONT, grid: rules, ticks: { ...rules, size: 4 } };
    const log = this.scale === 'log';
    const foot = FOOT[this.options.unit];
    const inBytes = this.options.unit.startsWith('bytes');
    return {
      width: this.plot.clientWidth || 600,
      height: this.#height(),
      padding: [10, narrow ? 66 : 86, this.options.timeLabels ? 0 : 4, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 7 },
        sync: this.options.sync ? { key: this.options.sync, setSeries: false } : undefined,
      },
      scales: {
        x: { time: false, range: () => this.#timeRange() },
        y: { distr: log ? 4 : 1, asinh: foot, range: (_, __, max) => [0, this.#top(max, foot, log)] },
      },
      axes: [
        { ...axis, size: this.options.timeLabels ? 28 : 0, space: 80,
          incrs: this.options.clock ? CLOCK_STEPS : undefined,
          values: (_, splits) => splits.map((at) => (this.options.timeLabels ? this.#time(at) : '')) },
        { ...axis, size: narrow ? 62 : 76, space: 28,
          incrs: inBytes ? POWERS_OF_TWO : undefined,
          splits: log ? (u) => logSplits(foot, u.scales.y.max, this.options.height, inBytes) : undefined,
          filter: (_, splits) => splits,
          values: (_, splits) => splits.map((value) => (value === 0 ? '0' : this.format(value))) },
      ],
      series: [{}, ...this.data.lines.map((line) => this.#series(line))],
      hooks: {
        drawClear: [(u) => this.#shadePressure(u)],
        draw: [(u) => this.#nameLines(u)],
        setCursor: [() => this.#writeReadout()],
      },
    };
  }

  #series(line) {
    const stroke = this.colours.lines.get(line.id);
    return {
      stroke,
      width: line.dashed ? 1.5 : 2,
      dash: line.dashed ? [6, 4] : undefined,
      fill: line.filled ? sheer(stroke, 0.14) : undefined,
      paths: line.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
      // A lone point makes no line.
      points: { show: (u) => u.data[0].length === 1, size: 5, fill: stroke },
      spanGaps: false,
    };
  }

  #timeRange() {
    const { times, range } = this.data;
    const [from, to] = range ?? [times[0] ?? 0, times.at(-1) ?? 1];
    return to > from ? [from, to] : [from, from + 1];
  }

  #top(max, foot, log) {
    const least = Math.max(foot * (log ? 4 : 1), this.data.top ?? 0);
    return Math.max(least, (max ?? 0) * (log ? 1.6 : 1.12));
  }

  #time(at) {
    return this.options.clock ? clock(at) : `${Number(at.toFixed(2))} s`;
  }

  #shadePressure(u) {
    const { times, pressure } = this.data;
    if (!pressure) {
      return;
    }
    const { left, top, width, height } = u.bbox;
    u.ctx.save();
    u.ctx.beginPath();
    u.ctx.rect(left, top, width, height);
    u.ctx.clip();
    for (const [from, to] of spans(times, pressure, this.#timeRange()[1])) {
      const start = u.valToPos(from, 'x', true);
      const end = u.valToPos(to, 'x', true);
      u.ctx.fillStyle = this.colours.shade;
      u.ctx.fillRect(start, top, end - start, height);
      u.ctx.fillStyle = this.colours.shadeEdge;
      u.ctx.fillRect(start, top, end - start, 3 * devicePixelRatio);
    }
    u.ctx.restore();
  }

  #nameLines(u) {
    const density = devicePixelRatio;
    const step = 14 * density;
    const foot = u.bbox.top + u.bbox.height;
    const labels = this.data.lines
      .map((line) => ({ line, at: lastIndex(line.values) }))
      .filter(({ at }) => at >= 0)
      .map(({ line, at }) => ({ line, y: u.valToPos(line.values[at], 'y', true) }))
      .sort((a, b) => a.y - b.y);
    // Apart from each other: downwards first, then upwards from the foot if they ran below it.
    labels.forEach((label, i) => {
      label.y = Math.max(label.y, i ? labels[i - 1].y + step : step / 2);
    });
    for (let i = labels.length - 1, most = foot; i >= 0; i--, most -= step) {
      labels[i].y = Math.min(labels[i].y, most);
    }
    u.ctx.save();
    u.ctx.font = `600 ${12 * density}px system-ui, sans-serif`;
    u.ctx.textAlign = 'left';
    u.ctx.textBaseline = 'middle';
    for (const { line, y } of labels) {
      u.ctx.fillStyle = this.colours.lines.get(line.id);
      u.ctx.fillText(line.label, u.bbox.left + u.bbox.width + 6 * density, y);
    }
    if (!labels.length && this.options.nothing) {
      u.ctx.textAlign = 'center';
      u.ctx.fillStyle = this.colours.ink;
      u.ctx.fillText(this.options.nothing, u.bbox.left + u.bbox.width / 2, u.bbox.top + u.bbox.height / 2);
    }
    u.ctx.restore();
  }

  #writeReadout() {
    const at = this.uplot?.cursor.idx ?? null;
    const { times, lines, pressure } = this.data;
    const index = at ?? times.length - 1;
    const parts = lines.map((line) => [line.id, line.label, this.#valueText(line, index)]);
    if (this.options.namesPressure && pressure?.[index]) {
      parts.push(['pressure', 'under pressure', '']);
    }
    if (at !== null && times[at] !== undefined) {
      parts.unshift(['time', 'at', this.#time(times[at])]);
    }
    fillReadout(this.readout, parts, new Map(lines.map((line) => [line.id, line.tone ?? line.id])));
    const spoken = parts.map(([, label, text]) => `${label} ${text}`.trim()).join(', ');
    this.element.setAttribute('aria-label', `${this.title.textContent}: ${spoken}. Arrow keys move the cursor.`);
  }

  #valueText(line, index) {
    const value = line.values[index];
    return (value === null || value === undefined) && line.absent ? line.absent : this.format(value);
  }

  #moveCursor(event) {
    const last = this.data.times.length - 1;
    const at = this.uplot?.cursor.idx ?? last;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last, Escape: null }[event.key];
    if (to === undefined || last < 0 || event.target !== this.element) {
      return;
    }
    event.preventDefault();
    const left = to === null ? -10 : this.uplot.valToPos(this.data.times[Math.min(last, Math.max(0, to))], 'x');
    this.uplot.setCursor({ left, top: to === null ? -10 : 10 }, true, true);
  }
}


function lineKey(data) {
  return data.lines.map((line) => `${line.id}\t${line.label}`).join('\n');
}

/** The colours of the style sheet, as a canvas takes them: whatever the theme makes of them now. */
function readColours(element, lines) {
  const probe = element.appendChild(el('span', { hidden: true }));
  const style = getComputedStyle(probe);
  const colour = (name) => {
    probe.style.color = `var(${name}, var(--ink))`;
    return style.color;
  };
  const colours = {
    ink: colour('--ink-soft'),
    grid: colour('--grid'),
    shade: colour('--pressure'),
    shadeEdge: colour('--pressure-edge'),
    lines: new Map(lines.map((line) => [line.id, colour(`--tone-${line.tone ?? line.id}`)])),
  };
  probe.remove();
  return colours;
}

/** `rgb(1, 2, 3)` made sheer. */
function sheer(colour, alpha) {
  return colour.replace('rgb(', 'rgba(').replace(')', `, ${alpha})`);
}

function fillReadout(readout, parts, tones) {
  while (readout.children.length > parts.length) {
    readout.lastElementChild.remove();
  }
  parts.forEach(([id, label, text], i) => {
    const part = readout.children[i] ?? readout.appendChild(
      el('span', { class: 'readout' }, el('span', { class: 'readout-label' }), ' ', el('b', {})));
    part.dataset.line = id;
    part.dataset.tone = tones.get(id) ?? id;
    setText(part.firstElementChild, label);
    setText(part.lastElementChild, text);
  });
}

/**
 * Spark lines: a line as small as a word, without axes, from 0 to its own top.
 */

/**
 * Draws one, in the colour of the text.
 *
 * @param {HTMLCanvasElement} canvas where
 * @param {Array<?number>} values what, oldest first
 */
export function drawSpark(canvas, values) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const density = devicePixelRatio;
  if (canvas.width !== width * density || canvas.height !== height * density) {
    canvas.width = width * density;
    canvas.height = height * density;
  }
  const context = canvas.getContext('2d');
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  const top = Math.max(1, ...values.filter(Number.isFinite));
  const step = width / Math.max(1, values.length - 1, 29);
  const from = width - step * (values.length - 1);
  context.beginPath();
  values.forEach((value, i) => context.lineTo(from + i * step, height - 1.5 - ((value ?? 0) / top) * (height - 3)));
  context.strokeStyle = getComputedStyle(canvas).color;
  context.lineWidth = 1.25;
  context.stroke();
  context.lineTo(width, height);
  context.lineTo(from, height);
  context.globalAlpha = 0.15;
  context.fillStyle = context.strokeStyle;
  context.fill();
  context.globalAlpha = 1;
}

/** The page's few icons, drawn on a 24 × 24 grid with the current text colour. */

const paths = {
  hash: 'M9 4 7 20 M17 4l-2 16 M4 9h16 M3.5 15h16',
  thread: 'M6 4v9a4 4 0 0 0 4 4h9 M15 13l4 4-4 4',
  forum: 'M4 5h16v11H9l-5 4z M8 9h8 M8 12.500h5',
  at: 'M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0v1.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-3.500 7.100',
  menu: 'M4 6h16 M4 12h16 M4 18h16',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z M2.500 20a6.500 6.500 0 0 1 13 0 M16 4.300a3.500 3.500 0 0 1 0 6.400 M18 14a6.500 6.500 0 0 1 3.500 6',
  send: 'M4 12 20 4l-5 16-3.500-6.500z M11.500 13.500 20 4',
  plus: 'M12 5v14 M5 12h14',
  reply: 'M9 7 4 12l5 5 M4 12h10a6 6 0 0 1 6 6v1',
  pencil: 'M4 20l1-4L16.500 4.500a2.100 2.100 0 0 1 3 3L8 19z M14.500 6.500l3 3',
  trash: 'M4 7h16 M9 7V4h6v3 M6 7l1 13h10l1-13 M10 11v5 M14 11v5',
  copy: 'M9 9h11v11H9z M15 9V4H4v11h5',
  dots: 'M5 11.6v.8 M5.4 12h-.8 M12 11.6v.8 M12.4 12h-.8 M19 11.6v.8 M19.4 12h-.8',
  apps: 'M4 4h6v6H4z M14 4h6v6h-6z M4 14h6v6H4z M17 14v6 M14 17h6',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M12 2.500v2 M12 19.500v2 M2.500 12h2 M19.500 12h2 M5.300 5.300l1.400 1.400 M17.300 17.300l1.400 1.400 M18.700 5.300l-1.400 1.400 M6.700 17.300l-1.400 1.400',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  close: 'M6 6l12 12 M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7',
  down: 'M6 9l6 6 6-6',
  smile:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M8.500 14.500a4.300 4.300 0 0 0 7 0 M9 9.500h.01 M15 9.500h.01',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12z M12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  link: 'M14 5h5v5 M19 5l-9 9 M17 14v5H5V7h5',
  file: 'M6 3h8l5 5v13H6z M14 3v5h5',
  lock: 'M6 11h12v9H6z M8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  archive: 'M4 5h16v4H4z M5.500 9v10h13V9 M10 13h4',
  sliders: 'M4 7h9 M17 7h3 M15 5v4 M4 17h3 M11 17h9 M9 15v4 M4 12h13 M20 12h0',
  list: 'M4 6h3 M10 6h10 M4 12h3 M10 12h10 M4 18h3 M10 18h10',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
  key: 'M8.500 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9z M13 12h8 M18 12v3.500',
  mask: 'M4 5c5 2 11 2 16 0v6c0 5-3.500 9-8 10-4.500-1-8-5-8-10z M8 10.500c1-.8 2-.8 3 0 M13 10.500c1-.8 2-.8 3 0 M9 15c2 1.500 4 1.500 6 0',
};

/** @typedef {keyof typeof paths} IconName */

/**
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

// The script of every page. The parts that a reader may never use are loaded on first use.
import { startCopying } from './copy.ts';
import { startDetails } from './details.ts';
import { startModeSwitch } from './mode.ts';

startModeSwitch();
startCopying();
startDetails();

// In the file for offline reading, a link of the menu leads to another part of the same page.
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('.menu a')) document.getElementById('menu')?.hidePopover();
});

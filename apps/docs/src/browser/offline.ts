// The script of the file for offline reading, where each page is a section and its URL is a fragment.
import './main.ts';

const { title } = document;

/** Shows the title of the page that the URL refers to, and marks its link in the menu. */
function showPage(): void {
  const id = decodeURIComponent(location.hash.slice(1));
  const pages = [...document.querySelectorAll<HTMLElement>('.offline-page')];
  const page = document.getElementById(id)?.closest<HTMLElement>('.offline-page') ?? pages[0];
  document.title = page === pages[0] ? title : `${page?.dataset.title} – ${title}`;
  for (const link of document.querySelectorAll('.menu a')) {
    link.ariaCurrent = link.getAttribute('href') === `#${page?.id}` ? 'page' : null;
  }
}

addEventListener('hashchange', showPage);
showPage();

import type { MarkdownPage, Site } from '../../src/publish/index.ts';

export const pages: readonly MarkdownPage[] = [
  { path: '', title: 'Zoo', description: 'All of it.', markdown: '# Zoo\n\nWelcome.\n', group: 'Start' },
  { path: 'animals/get', title: 'Get [one]', description: '', markdown: '# Get [one]\n', group: 'Animals' },
  {
    path: '/animals/lion & <tiger>/',
    title: 'Cats',
    description: 'Big *cats*.',
    markdown: '# Cats\n',
    group: 'Animals',
  },
  { path: 'rules', title: 'Rules', description: 'Be kind.', markdown: '# Rules\n', group: 'Start' },
];

export const site: Site = { title: 'Zoo_docs', summary: 'About > animals.', url: 'https://docs.example.com/zoo' };

// A classic script, run before the first paint, so that the page never flashes in the other theme.
{
  const key = 'troupe.theme';
  const root = document.documentElement;
  const prefersLight = matchMedia('(prefers-color-scheme: light)');
  const apply = () => {
    root.dataset.theme = localStorage.getItem(key) ?? (prefersLight.matches ? 'light' : 'dark');
  };
  apply();
  prefersLight.addEventListener('change', apply);
  document.addEventListener('switch-theme', () => {
    localStorage.setItem(key, root.dataset.theme === 'light' ? 'dark' : 'light');
    apply();
  });
}

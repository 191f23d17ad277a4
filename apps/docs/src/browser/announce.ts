let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Shows a message for a while: the longer it is, the longer it stays. Screen readers read it.
 *
 * @example
 * announce('Copied');
 */
export function announce(message: string): void {
  const toast = document.querySelector('.toast');
  if (!toast) return;
  toast.textContent = message;
  clearTimeout(timer);
  timer = setTimeout(
    () => {
      toast.textContent = '';
    },
    Math.max(2000, message.length * 80),
  );
}

/** Describes a machine without a Chromium, and says what to install. */
export function describeMissing(): string {
  const { platform, arch } = process;
  return `there is no Chromium for this machine (${platform} ${arch}). Install Google Chrome, or Chromium on the PATH.`;
}

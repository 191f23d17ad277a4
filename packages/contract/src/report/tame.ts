/**
 * A line of output that is no command to the CI service which reads it: GitHub obeys `::` at the beginning of a line,
 * GitHub, Azure and TeamCity obey `##…[` anywhere. What a server sends must not reach them.
 */
export function escapeCiCommands(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ').replace(/##(?=\w*\[)/g, '# #');
}

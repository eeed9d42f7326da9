/**
 * Keys and tokens that are known by how they look, whatever they stand in. The formats are the published ones of their issuers.
 * Shapes without a mark of their own (40 hex digits, any base64) are left out: they would take ordinary data away. What
 * can fail late is bounded: texts are hostile, and looking through them must not become slow.
 */

/** Not in the middle of a word; behind an escape of JSON or of an address a word begins as well. */
const START = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[bfnrt])|(?<=\\u[0-9A-Fa-f]{4})|(?<=%[0-9A-Fa-f]{2}))`;

const FORMATS: readonly string[] = [
  // OpenAI, Anthropic, DeepSeek, OpenRouter and others
  String.raw`${START}sk-[A-Za-z0-9_-]{16,}`,
  // Google API keys and OAuth access tokens
  String.raw`AIza[0-9A-Za-z_-]{35}`,
  String.raw`ya29\.[0-9A-Za-z_-]{20,}`,
  // GitHub, GitLab
  String.raw`gh[pousr]_[A-Za-z0-9]{30,}`,
  String.raw`github_pat_[A-Za-z0-9_]{22,}`,
  String.raw`glpat-[A-Za-z0-9_-]{20,}`,
  // AWS access key ids
  String.raw`(?:AKIA|ASIA)[0-9A-Z]{16}`,
  // Slack, Stripe, Hugging Face, Groq, xAI, Replicate, Perplexity, npm, SendGrid
  String.raw`xox[abeprs]-[A-Za-z0-9-]{10,}`,
  String.raw`[rs]k_(?:live|test)_[A-Za-z0-9]{16,}`,
  String.raw`${START}hf_[A-Za-z0-9]{30,}`,
  String.raw`${START}gsk_[A-Za-z0-9]{20,}`,
  String.raw`${START}xai-[A-Za-z0-9]{20,}`,
  String.raw`${START}r8_[A-Za-z0-9]{30,}`,
  String.raw`${START}pplx-[A-Za-z0-9]{20,}`,
  String.raw`${START}npm_[A-Za-z0-9]{36}`,
  String.raw`${START}SG\.[\w-]{16,}\.[\w-]{16,}`,
  // JSON Web Tokens, signed or not: both parts begin with {"
  String.raw`eyJ[A-Za-z0-9_-]{8,1024}\.eyJ[A-Za-z0-9_-]{4,8192}\.[A-Za-z0-9_-]*`,
  // Credentials as a header has them; prose after these words has neither digits nor capitals inside
  String.raw`(?<=${START}[Bb]earer(?: {1,4}|%20|\+))(?=[A-Za-z._~+/-]*[0-9]|[^\s"'&]{40})[A-Za-z0-9._~+/-]{12,}=*`,
  String.raw`(?<=${START}[Bb]asic(?: {1,4}|%20|\+))(?=[A-Za-z0-9+/]+[A-Z0-9=])[A-Za-z0-9+/]{8,}={0,2}`,
  // Private keys, also inside a JSON string
  String.raw`-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s\S]{0,16384}?-----END [A-Z ]{0,20}PRIVATE KEY-----`,
];

/** Finds every key of a known format; stateful, as all global expressions are: for `replace` alone. */
export function keyFormats(): RegExp {
  return new RegExp(FORMATS.join('|'), 'g');
}

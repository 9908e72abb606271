// Makes the vendored front-end files again: `node tools/vendor.mjs` (needs node >= 18 and npm; nothing at run time).
// Takes pinned npm packages into a temporary folder and writes only what the pages use, with the licences beside.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = {
  "@fontsource-variable/plus-jakarta-sans": "5.3.0",
  "axe-core": "4.14.1",
  bootstrap: "5.3.9",
  "bootstrap-icons": "1.13.2",
  "htmx.org": "2.0.11",
  postcss: "8",
};
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "templates/core/{{cookiecutter.app}}/core/static/core/vendor");
const work = mkdtempSync(join(tmpdir(), "vendor-"));
writeFileSync(join(work, "package.json"), "{}");
const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", ...wanted], { cwd: work, stdio: "inherit" });
const from = (...parts) => join(work, "node_modules", ...parts);
const postcss = createRequire(join(work, "package.json"))("postcss");

mkdirSync(target, { recursive: true });
font();
bootstrap();
icons();
htmx();
axe();
rmSync(work, { recursive: true });

function font() {
  const files = from("@fontsource-variable/plus-jakarta-sans");
  for (const part of ["latin", "latin-ext"]) {
    cpSync(join(files, `files/plus-jakarta-sans-${part}-wght-normal.woff2`), join(target, `plus-jakarta-sans-${part}.woff2`));
  }
  cpSync(join(files, "LICENSE"), join(target, "plus-jakarta-sans.LICENSE.txt"));
}

// Bootstrap: reboot, grid and a short list of utilities. Components (buttons, forms, cards) are our own.
function bootstrap() {
  const kept = [
    /^(container(-fluid)?|row|col(-(sm|md|lg))?(-(auto|\d+))?|offset-(sm-|md-|lg-)?\d+|g[xy]?-[0-5]|order-(first|last))$/,
    /^d-((sm|md|lg|print)-)?(none|block|inline|inline-block|flex|grid)$/,
    /^flex-((sm|md|lg)-)?(row|column|wrap|nowrap|grow-1|shrink-0|fill)$/,
    /^(justify-content|align-items)-((sm|md|lg)-)?(start|end|center|between|baseline|stretch)$/,
    /^(align-self|align)-(start|end|center|top|middle|baseline)$/,
    /^(row-|column-)?gap-[0-5]$/,
    /^[mp][tbsexy]?-([0-5]|auto)$/,
    /^(text-(start|end|center|nowrap|break|decoration-none|lowercase|uppercase|capitalize)|fw-(normal|semibold|bold))$/,
    /^(w-100|h-100|list-unstyled|visually-hidden|visually-hidden-focusable|position-relative|stretched-link|small)$/,
  ];
  const isKept = (name) => kept.some((pattern) => pattern.test(name));
  const css = (file) => postcss.parse(readFileSync(from("bootstrap/dist/css", file), "utf8"));
  const reboot = css("bootstrap-reboot.css");
  const rest = css("bootstrap.css");
  rest.walkAtRules("keyframes", (rule) => void rule.remove());
  rest.walkRules((rule) => {
    rule.selectors = rule.selectors.filter((one) => {
      const classes = [...one.matchAll(/\.([\w-]+)/g)].map((match) => match[1]);
      return classes.length > 0 && classes.every(isKept);
    });
    if (!rule.selector) rule.remove();
  });
  reboot.walkRules(/data-bs-theme="?dark/, (rule) => void rule.remove());
  const whole = postcss.parse(reboot.toString() + rest.toString());
  whole.walkComments((comment) => void comment.remove());
  for (let removed = true; removed; ) {
    removed = false;
    const used = new Set([...whole.toString().matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]));
    whole.walkDecls(/^--bs-/, (item) => {
      if (!used.has(item.prop)) {
        item.remove();
        removed = true;
      }
    });
  }
  const drop = (rule) => void (rule.nodes && !rule.nodes.length && rule.remove());
  whole.walkRules(drop);
  whole.walkAtRules(drop);
  const text = whole.toString().replace(/\s*\n\s*/g, "").replace(/\s*([{};,>])\s*/g, "$1").replace(/:\s+/g, ":").replace(/;}/g, "}");
  writeFileSync(join(target, "bootstrap.css"), `/* Bootstrap ${PACKAGES.bootstrap} (MIT): reboot, grid, some utilities; made by tools/vendor.mjs */\n${text}\n`);
  cpSync(from("bootstrap/LICENSE"), join(target, "bootstrap.LICENSE.txt"));
}

// One sprite: each icon is a symbol, so a page refers to it as sprite.svg#name.
function icons() {
  const names = readFileSync(join(root, "tools/icons.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  const symbols = names.sort().map((name) => {
    const svg = readFileSync(from("bootstrap-icons/icons", `${name}.svg`), "utf8");
    const inner = svg.replace(/<svg[^>]*>/, "").replace("</svg>", "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 16 16">${inner}</symbol>`;
  });
  writeFileSync(join(target, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
  cpSync(from("bootstrap-icons/LICENSE"), join(target, "bootstrap-icons.LICENSE.txt"));
}

function htmx() {
  cpSync(from("htmx.org/dist/htmx.min.js"), join(target, "htmx.min.js"));
  cpSync(from("htmx.org/LICENSE"), join(target, "htmx.LICENSE.txt"));
}

function axe() {
  const folder = join(root, "tests/browser/vendor");
  mkdirSync(folder, { recursive: true });
  cpSync(from("axe-core/axe.min.js"), join(folder, "axe.min.js"));
  cpSync(from("axe-core/LICENSE"), join(folder, "axe.LICENSE.txt"));
}

/** Colours, type and density. Every filled colour carries white text with at least 4.5 : 1. */
import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

type Rgb = readonly [number, number, number];

const mix = (from: Rgb, to: Rgb, share: number): string => {
  const channel = (i: 0 | 1 | 2) =>
    Math.round(from[i] + (to[i] - from[i]) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(0)}${channel(1)}${channel(2)}`;
};

/** Ten shades with the given colour at 7, the shade of filled controls. */
function shades(base: Rgb): MantineColorsTuple {
  const light = (share: number) => mix(base, [255, 255, 255], share);
  const dark = (share: number) => mix(base, [0, 0, 0], share);
  return [
    light(0.92),
    light(0.84),
    light(0.7),
    light(0.55),
    light(0.42),
    light(0.26),
    light(0.12),
    dark(0),
    dark(0.16),
    dark(0.32),
  ];
}

const fonts =
  "'Inter Variable', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', system-ui, sans-serif";

export const theme: MantineThemeOverride = createTheme({
  black: '#1b2330',
  primaryColor: 'harbour',
  primaryShade: 7,
  colors: {
    harbour: shades([11, 92, 138]),
    drill: shades([106, 63, 181]),
    red: shades([192, 38, 38]),
    orange: shades([163, 92, 0]),
    yellow: shades([163, 92, 0]),
    green: shades([29, 122, 70]),
    dark: [
      '#e6eaf0',
      '#c6cfdb',
      '#97a3b6',
      '#6b7789',
      '#3d495b',
      '#2b3442',
      '#202835',
      '#1a202a',
      '#12161d',
      '#0c0f14',
    ],
  },
  fontFamily: fonts,
  headings: { fontFamily: fonts, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Modal: {
      defaultProps: { transitionProps: { duration: 120 } },
      // What has the focus is never under the head or the foot that stay in sight.
      styles: {
        title: { fontWeight: 650 },
        content: { scrollPaddingTop: 64, scrollPaddingBottom: 76 },
      },
    },
    Drawer: { styles: { title: { fontWeight: 650 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 } } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } },
  },
});

/** Grounds of light buttons and notices in the dark: the library's own are darker than the panel. */
const TINTS: Readonly<Record<string, readonly [ground: string, hover: string]>> = {
  harbour: ['#12324a', '#173d5a'],
  drill: ['#2c2150', '#362861'],
  red: ['#43202a', '#522733'],
  orange: ['#3a2c12', '#483717'],
  yellow: ['#3a2c12', '#483717'],
  green: ['#14352a', '#194134'],
};

const darkTints: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TINTS).flatMap(([name, [ground, hover]]) => [
    [`--mantine-color-${name}-light`, ground],
    [`--mantine-color-${name}-light-hover`, hover],
  ]),
);

/** The library's own greys and reds are too pale for AA on white. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-anchor': '#0b5c8a',
    '--mantine-color-dimmed': '#586477',
    '--mantine-color-placeholder': '#6b7688',
    '--mantine-color-error': '#c02626',
    '--mantine-color-default-border': '#ccd3dc',
    '--holdfast-ground': '#f5f6f8',
    '--holdfast-panel': '#ffffff',
    '--holdfast-line': '#e0e5eb',
    '--holdfast-accent-ground': '#e4f0f8',
    '--holdfast-accent-ink': '#0b5c8a',
  },
  dark: {
    '--mantine-color-anchor': '#7cc3ef',
    '--mantine-color-dimmed': '#9ba7b9',
    '--mantine-color-placeholder': '#8693a6',
    '--mantine-color-error': '#ff8a8a',
    '--mantine-color-default-border': '#3a4657',
    '--holdfast-ground': '#12161d',
    '--holdfast-panel': '#1a202a',
    '--holdfast-line': '#2b3442',
    '--holdfast-accent-ground': '#12324a',
    '--holdfast-accent-ink': '#7cc3ef',
    ...darkTints,
  },
});

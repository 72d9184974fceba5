/** The font of the pages in a diagram: labels are measured with it, so that they break alike everywhere. */
const fontFamily = '"Fira Sans", Arial, sans-serif';

export const textRenderer = { defaultStyle: { fontFamily } };
export const fontLoaded = () => document.fonts.load(`12px ${fontFamily}`);

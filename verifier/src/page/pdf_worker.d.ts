/** pdf.js gives no types for its worker, which is handed to it as a whole. */
declare module "pdfjs-dist/legacy/build/pdf.worker.mjs";

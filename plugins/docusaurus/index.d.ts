export interface Options {
    /** Address of a server; pictures are live with it. */
    server?: string;
    /** `en` or `zh`, where a page does not say `lang` in its front matter. */
    lang?: string;
    /** `auto`, unless said: as the site is; `light` or `dark`. */
    theme?: string;
    /** Pixels that a picture may take. */
    width?: number;
    /** Data folders, instead of the bundled one. */
    data?: readonly string[];
    /** Whether a fault in a fence ends the build; else it is a warning. */
    strict?: boolean;
    /** The command, with its first arguments. */
    command?: readonly string[];
}
interface Node {
    type: string;
    lang?: string | null;
    value?: string;
    children?: Node[];
    position?: {
        start: {
            line: number;
        };
    };
}
interface File {
    path?: string;
    data?: {
        frontMatter?: {
            lang?: unknown;
        };
    };
}
interface Tag {
    tagName: string;
    attributes: Record<string, string>;
}
export interface Views {
    /** For `plugins`: loads what makes pictures live, on every page. */
    plugin: () => {
        name: string;
        injectHtmlTags(): {
            headTags: Tag[];
        };
    };
    /** For `remarkPlugins` of docs, pages and blog. */
    remark: () => (tree: Node, file: File) => Promise<void>;
}
/** What a site needs, by its settings. */
export declare function ecograph(options?: Options): Views;
export {};

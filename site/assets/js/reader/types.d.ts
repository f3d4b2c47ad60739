// What the program in the worker answers (`jiebang.forms.browser`), and the list of files that are worked through.

import type { Fields, Kind } from "../submit/types.js";

export interface Trouble {
  message: string;
  hint: string;
}

/** Where a value was read. */
export interface Source {
  place: string;
  text: string;
}

/** What a person has to look at; `path` is empty where it is about no field of the web form. */
export interface Question {
  path: string;
  field: string;
  place: string;
  text: string;
  message: string;
  hint: string;
}

/** What a form says of one record. */
export interface ReadRecord {
  kind: Kind;
  /** What two forms have in common that speak of the same item; empty where nothing is named. */
  key: string;
  value: Fields;
  places: { [path: string]: Source | undefined };
  questions: Question[];
}

export interface ReadForm {
  annex: string;
  repeated: "demand" | "application";
  enterprise: string;
  key: string;
  records: ReadRecord[];
}

export interface Difference {
  field: string;
  old: string;
  new: string;
}

/** All that any answer may hold. */
export interface Answer {
  error?: Trouble;
  forms?: ReadForm[];
  notes?: string[];
  kind?: Kind;
  text?: string;
  value?: Fields;
  differences?: Difference[];
  id?: string;
  texts?: { title: string; text: string }[];
  digest?: string;
  lacking?: string;
  /** Whether published words changed, which wants a note for readers. */
  noted?: boolean;
  /** What the state of a record is called, and the steps from it. */
  state?: string;
  moves?: Move[];
  files?: MovedFile[];
}

/** One thing that is asked for a step, of the record with the id. */
export interface Ask {
  id: string;
  path: string;
  kind: "day" | "line" | "text" | "one" | "reviewers";
  title: string;
  help: string;
  options: string[];
  /** What two reviewers have to read. */
  texts: { title: string; text: string }[];
}

/** A step that a record may take. */
export interface Move {
  target: string;
  title: string;
  /** What the state after it is called. */
  to: string;
  by: string;
  /** What its day is called; empty where it has none. */
  day: string;
  asks: Ask[];
  /** The applications that may be chosen with it. */
  winners: { id: string; title: string }[];
  /** The steps of applications that go with it. */
  along: string[];
  notes: string[];
}

/** A record's file after a step. */
export interface MovedFile {
  folder: string;
  name: string;
  about: string;
  text: string;
  value: Fields;
  differences: Difference[];
}

/** One entry of the list: a form, or forms of one enterprise that belong together, or a record to be changed. */
export interface Item {
  id: string;
  files: string[];
  /** What it is, for people. */
  title: string;
  about: string;
  /** The page of the web form that takes it, below `submit/`. */
  page: string;
  done: boolean;
  forms: ReadForm[];
  notes: string[];
  /** Ids of the boxes that were ticked: what they stand beside was compared with the form. */
  compared?: string[];
  /** Why nothing could be taken. */
  error?: Trouble;
  /** A record's file, to be changed. */
  record?: { name: string; kind: Kind; text: string; value: Fields };
  /** The record as the web form wrote it after it was changed, and which fields the form asks. */
  edited?: { text: string; fields: string[] };
}

/** What is kept in this tab. */
export interface Kept {
  items: Item[];
  /** Chosen for the last one, and most often right for the next. */
  round: string;
  district: string;
}

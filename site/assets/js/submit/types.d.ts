// Types of the web form, for the type checker and for readers; browsers never get this file.

/** A schema as the form knows it: the keywords it judges by or quotes (`jiebang.site.submit.model` cuts the others away). */
export interface Schema {
  title: string;
  description: string;
  type?: string;
  const?: string | boolean;
  enum?: string[];
  /** In characters. */
  minLength?: number;
  /** In characters. */
  maxLength?: number;
  /** A regular expression, read with the `u` flag. */
  pattern?: string;
  /** `date` or `email`. */
  format?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  required?: string[];
  example?: string | number;
  properties?: { [name: string]: Schema };
  items?: Schema;
}

/** The schema of one kind of record. */
export interface KindSchema {
  properties: { [name: string]: Schema };
  required: string[];
}

export type Kind = "enterprise" | "demand" | "application";

/** A value of a record: text (numbers and dates too, as typed), a tick, a list or a group of fields. */
export type Value = string | boolean | Value[] | Fields;

export interface Fields {
  [name: string]: Value | undefined;
}

/** The bounds of 工信部联企业〔2011〕300号 for one figure: the least of a small, a medium and a large enterprise. */
export interface Bounds {
  small: number;
  medium: number;
  large: number;
}

/** What the size of an enterprise is told by; null where it is not known. */
export interface Figures {
  /** Persons. */
  employees?: number | null;
  /** 万元. */
  revenue?: number | null;
  /** 万元. */
  assets?: number | null;
}

/** A division (大类) of GB/T 4754-2017. */
export interface Division {
  name: string;
  /** Name in the edition of 2011, where it was another. */
  old: string | null;
  section: string;
  /** Group of the size standard by three-digit industry group, under "" for the whole division; null where it covers none. */
  sizes: { [group: string]: string | null | undefined };
}

export interface Round {
  id: string;
  title: string;
  opens: string;
  closes: string;
  submit_by: string;
  apply_by: string;
  /** Types of demands that the round takes; empty where it does not sort them. */
  types: string[];
}

export interface District {
  slug: string;
  name: string;
  bureau: string;
  office: string;
  phone: string;
  email: string;
}

/** A pattern of what must not stand in a public text, one of `Patterns`. */
export interface Sought {
  /** In Chinese. */
  kind: string;
  /** A regular expression, read with the `u` flag. */
  source: string;
  /** Whether it is looked for in the text without blanks. */
  tight: boolean;
}

/** What must not stand in a public text, made by `jiebang.site.submit.patterns`. */
export interface Patterns {
  contacts: Sought[];
  hints: Sought[];
  telephones: Surroundings;
}

/** What stands around a number, each a regular expression that is read with the `u` flag. */
export interface Surroundings {
  /** Behind a quantity. */
  unit: string;
  /** Before the number of something. */
  standard: string;
  /** Before a telephone number. */
  before: string;
  /** Behind one. */
  after: string;
}

/** What the page tells the scripts, made by `jiebang.site.submit.model`. */
export interface Model {
  /** State of the schemas. */
  version: string;
  role: string;
  /** Kind of the records of which there may be several. */
  repeated: "demand" | "application";
  kinds: { [kind: string]: KindSchema };
  when: { [field: string]: string };
  /** What must be withheld together with a field of the enterprise, as paths. */
  also: { [field: string]: string[] | undefined };
  divisions: { [code: string]: Division | undefined };
  sections: { [letter: string]: string };
  sizes: { [group: string]: { [figure: string]: Bounds } };
  city: string;
  districts: District[];
  rounds: Round[];
  /** Null where no text will be public. */
  patterns: Patterns | null;
  words: { department: string; anonymous: string; noDistrict: string; noIndustry: string };
}

export interface EnterpriseRecord {
  id?: string;
  name?: string;
  credit_code?: string;
  disclosure?: string;
  withhold?: string[];
  nature?: string;
  stamped?: boolean;
  size?: string;
  employees?: string;
  revenue?: string;
  total_assets?: string;
  profile?: string;
  registered_on?: string;
  industry?: { code?: string; name?: string; group?: string };
  registered_place?: { province?: string; city?: string; county?: string };
  aliases?: { [kind: string]: string[] | undefined };
  affiliates?: { name?: string; credit_code?: string }[];
}

export interface DemandRecord {
  id?: string;
  type?: string;
  title?: string;
  summary?: string;
  parameters?: string;
  effect?: string;
  schedule?: string;
  cooperation?: { modes?: string[]; note?: string };
  field?: string;
  category?: string;
  no_secrets?: boolean;
}

export interface ApplicationRecord {
  id?: string;
  /** Id of the demand. */
  demand?: string;
  item?: { name?: string; code?: string };
  profile?: string;
  capability?: string;
  plan?: { [part: string]: string | undefined };
  cooperation?: string;
  no_affiliation?: boolean;
  stamped?: boolean;
}

/** When the demand of an application takes applications, as the link from the demand's page says; "" where it does not. */
export interface Period {
  from?: string;
  until?: string;
}

/** A record with its place on the page. */
export interface Placed<K extends Kind, R> {
  kind: K;
  /** Begins the names of its controls. */
  prefix: string;
  record: R;
  /** For each list of rows, the number on the page of each entry: rows that were removed leave gaps. */
  rows: { [path: string]: string[] | undefined };
  linked: Period;
}

export type PlacedEnterprise = Placed<"enterprise", EnterpriseRecord>;
export type PlacedDemand = Placed<"demand", DemandRecord>;
export type PlacedApplication = Placed<"application", ApplicationRecord>;
export type PlacedRecord = PlacedEnterprise | PlacedDemand | PlacedApplication;

/** Everything on the page. */
export interface Submission {
  round: Round | null;
  district: District | null;
  submitted: string;
  /** Whether the enterprise was submitted before. */
  known: boolean;
  /** What was typed as its id then, else "". */
  knownId: string;
  /** Null where it was submitted before. */
  enterprise: PlacedEnterprise | null;
  entries: (PlacedDemand | PlacedApplication)[];
}

/** What is wrong with a text, and what to do. */
export interface Slip {
  message: string;
  hint: string;
}

/** The same under the code of `jiebang check`. */
export interface Refusal extends Slip {
  code: string;
}

/** What a schema refuses in a record, with the path and the title of the field. */
export interface SchemaFinding extends Refusal {
  path: (string | number)[];
  title: string;
}

/** What is said of a submission. */
export interface Finding extends Refusal {
  severity: "error" | "warning";
  /** The control's. */
  name: string;
  title: string;
  /** Id of the element to lead to, where that is not the control of the name. */
  at?: string;
}

/** The range of sizes (places in `SIZES`) that the figures leave, and why it is more than one. */
export interface SizeRange {
  lowest: number;
  highest: number;
  reason: string;
}

/** One file of the submission. */
export interface RecordFile {
  /** In the catalogue. */
  path: string;
  name: string;
  /** What it is, for people. */
  about: string;
  text: string;
  /** Whether the catalogue has it already, so that it is changed and not made. */
  isKnown?: boolean;
}

export interface ForgeSetting {
  kind: string;
  url: string;
  branch: string;
  folder: string;
}

/** Addresses of a forge's pages for one file. */
export interface ForgeAddresses {
  /** A new file with its text; null where the address would be too long, and where the forge's page takes no text. */
  full: string | null;
  /** A new file with its name only; null where the forge has no address for it. */
  empty: string | null;
  /** Whether the text is what makes the address too long. */
  isTooLong: boolean;
  upload: string | null;
  /** The file that is there already, to be changed; null where the forge has no address for it. */
  edit: string | null;
  /** The folder that the file belongs in. */
  folder: string;
  /** Where a merge request is opened. */
  requests: string;
}

/** The answers as this browser keeps them. The names are those of drafts that lie in browsers already: they stay. */
export interface Draft {
  /** State of the schemas. */
  version: string;
  /** When, for people. */
  saved: string;
  /** The day of submission that the form itself filled in. */
  day?: string;
  values: { [control: string]: string | string[] };
  /** Numbers of the repeated records. */
  ones: string[];
  rows: { [rows: string]: string[] };
  ids: { [which: string]: string };
  linked: { [demand: string]: Period };
  /** What records hold beside what is asked, by the beginning of the names of their controls. */
  carried?: { [prefix: string]: Fields };
  /** The entry of the list of files that it was filled from. */
  from?: string;
}

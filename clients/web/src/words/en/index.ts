import account from "./account.json";
import adding from "./adding.json";
import app from "./app.json";
import appearance from "./appearance.json";
import audit from "./audit.json";
import document from "./document.json";
import fields from "./fields.json";
import home from "./home.json";
import jobs from "./jobs.json";
import labels from "./labels.json";
import library from "./library.json";
import nodes from "./nodes.json";
import panels from "./panels.json";
import parts from "./parts.json";
import people from "./people.json";
import running from "./running.json";
import settings from "./settings.json";
import signingIn from "./signing-in.json";
import sources from "./sources.json";
import tokens from "./tokens.json";
import views from "./views.json";
import workflows from "./workflows.json";

const words = {
  ...account,
  ...adding,
  ...app,
  ...appearance,
  ...audit,
  ...document,
  ...fields,
  ...home,
  ...jobs,
  ...labels,
  ...library,
  ...nodes,
  ...panels,
  ...parts,
  ...people,
  ...running,
  ...settings,
  ...signingIn,
  ...sources,
  ...tokens,
  ...views,
  ...workflows,
};

export type Words = Readonly<Record<keyof typeof words, string>>;
export default words satisfies Words;

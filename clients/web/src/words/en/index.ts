import account from "./account.json";
import adding from "./adding.json";
import appearance from "./appearance.json";
import audit from "./audit.json";
import document from "./document.json";
import fields from "./fields.json";
import first from "./first";
import jobs from "./jobs.json";
import labels from "./labels.json";
import mail from "./mail.json";
import nodes from "./nodes.json";
import notifications from "./notifications.json";
import panels from "./panels.json";
import people from "./people.json";
import reasons from "./reasons.json";
import running from "./running.json";
import settings from "./settings.json";
import signingIn from "./signing-in.json";
import sources from "./sources.json";
import tokens from "./tokens.json";
import views from "./views.json";
import workflows from "./workflows.json";

const words = {
  ...first,
  ...account,
  ...adding,
  ...appearance,
  ...audit,
  ...document,
  ...fields,
  ...jobs,
  ...labels,
  ...mail,
  ...nodes,
  ...notifications,
  ...panels,
  ...people,
  ...reasons,
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

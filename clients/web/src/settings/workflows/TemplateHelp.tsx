import { useWords, type WordId } from "@/words/words";

import style from "./workflows.module.css";

const PLACEHOLDERS: readonly (readonly [string, WordId])[] = [
  ["{{ title }}, {{ correspondent }}, {{ document_type }}, {{ storage_path }}", "workflows.help.names"],
  ["{{ tag_list }}", "workflows.help.tags"],
  ["{{ created }}, {{ created_year }}, {{ added }}", "workflows.help.days"],
  ["{{ asn }}, {{ doc_id }}, {{ doc_url }}", "workflows.help.numbers"],
  ["{{ original_name }}", "workflows.help.file"],
  ["{{ custom_fields | get_cf_value('Total') }}", "workflows.help.fields"],
  ["{% if correspondent %}{{ correspondent }}: {% endif %}", "workflows.help.if"],
];

/** What a template may name. */
export function TemplateHelp() {
  const say = useWords();
  return (
    <details className={style.help}>
      <summary>{say("workflows.help")}</summary>
      <p className={style.hint}>{say("workflows.help.about")}</p>
      <dl>
        {PLACEHOLDERS.map(([text, word]) => (
          <Placeholder key={word} text={text} about={say(word)} />
        ))}
      </dl>
    </details>
  );
}

function Placeholder({ text, about }: { readonly text: string; readonly about: string }) {
  return (
    <>
      <dt>
        <code>{text}</code>
      </dt>
      <dd>{about}</dd>
    </>
  );
}

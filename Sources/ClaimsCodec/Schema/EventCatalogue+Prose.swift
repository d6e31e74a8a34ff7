extension EventCatalogue {
    static let introduction = """
        # Events

        This folder is a ledger like any user's: the sample one. Its log is the `.jsonl` files, read
        one after the other; `ledger.json` names the ledger, `programs/` holds program files, and
        `schema/` holds one JSON Schema a type.

        A line of the log is one event, and the line is never edited. It is a
        [CloudEvents 1.0](https://github.com/cloudevents/spec) event in JSON: attributes that say who,
        what and when, then `data` with what the type says. Any JSON tool reads it:

        ```sh
        cat events/*.jsonl | jq -r 'select(.subject == "CLM-1042") | [.time, .type, .authid] | @tsv'
        ```

        The ledger writes attributes and fields in the order of the tables below, without spare white
        space. It reads them in any order.

        All types are at wire version 1. A type whose form has to change gets a new name, such as
        `claim.submitted.v2`. It comes with a conversion from the old form and with frozen sample
        lines of the new one. Lines of the old form stay as they are and are read forever.

        This page is made from the table that reads and writes the events; a test keeps the two equal.
        """

    static let attributeNotes = """
        What follows from these:

        - `time` and `recordedtime` are the two axes of every question: what had happened by then, and
          what the ledger knew by then.
        - `sequence` is the line number over the whole log.
        - Actors are opaque ids: no names, no e-mail addresses. `data.role` says in what role they
          acted.
        - A producer may put a prefix before `/programs/`. Ids in a source are percent-encoded where a
          URI asks for it.
        - Unknown attributes, and unknown members of `data`, are kept byte for byte and mean nothing to
          the ledger. An unknown type is an error.
        """

    static let valueNotes = """
        Amounts are whole numbers of the currency's minor units, so 1250.00 USD is `125000` and 1250 JPY
        is `1250`; they are written in plain digits, without fraction or exponent. A time is read with
        any zone and kept to the millisecond; the ledger writes it in UTC. Limits on texts and ids count
        bytes of UTF-8. Fields that are left out are not known or do not apply; `null` is an error.
        """
}

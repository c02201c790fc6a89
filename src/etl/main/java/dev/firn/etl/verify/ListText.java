package dev.firn.etl.verify;

import java.util.ArrayList;
import java.util.List;
import scala.collection.Iterator;
import scala.collection.Seq;

/** The text of an array, made of the texts of its elements. Empty and NULL differ. */
record ListText(ValueText element) implements ValueText {

  // unnest is in the select list and not after FROM, where it would split a composite type into its
  // fields; in the select list it keeps the order of the array.
  @Override
  public String sql(String expression) {
    return ("CASE WHEN %s IS DISTINCT FROM NULL THEN"
            + " ARRAY(SELECT %s FROM (SELECT unnest(%s) AS e) AS elements)::text END")
        .formatted(expression, element.sql("e"), expression);
  }

  @Override
  public String of(Object value) {
    List<String> texts = new ArrayList<>();
    Iterator<?> values = ((Seq<?>) value).iterator();
    while (values.hasNext()) {
      Object one = values.next();
      texts.add(one == null ? null : element.of(one));
    }
    return ArrayText.of(texts);
  }

  @Override
  public String readable(String text) {
    return text;
  }
}

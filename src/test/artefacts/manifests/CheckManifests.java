import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Checks manifests of Kubernetes without a cluster, by the models of its Java client: {@code
 * CheckManifests FILE…}. A line for each document; status 1 if one is wrong.
 *
 * <p>Each model refuses fields that it does not know and misses those that must be there, on every
 * level. Then the document is read into the model and written again: what had the wrong type, and
 * was bent or dropped, is not the same any more. Words that the API server checks and the model
 * takes for plain text are checked here, as far as the manifests use them.
 */
final class CheckManifests {
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "v1/Pod", V1Pod.class,
          "v1/Namespace", V1Namespace.class,
          "apps/v1/DaemonSet", V1DaemonSet.class);

  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "mountPropagation", Set.of("None", "HostToContainer", "Bidirectional"),
          "imagePullPolicy", Set.of("Always", "Never", "IfNotPresent"),
          "restartPolicy", Set.of("Always", "OnFailure", "Never"));

  private CheckManifests() {}

  public static void main(String[] files) throws Exception {
    int wrong = 0;
    for (String file : files) {
      for (Object document : documents(Path.of(file))) {
        String name = "%s, document of kind %s".formatted(file, kind(document));
        List<String> complaints = check(document);
        System.out.println((complaints.isEmpty() ? "ok: " : "WRONG: ") + name);
        complaints.forEach(each -> System.out.println("  " + each));
        wrong += complaints.size();
      }
    }
    System.exit(wrong == 0 && files.length > 0 ? 0 : 1);
  }

  private static List<Object> documents(Path file) throws IOException {
    List<Object> documents = new ArrayList<>();
    try (InputStream text = Files.newInputStream(file)) {
      // Refuses a key that is there twice.
      new Load(LoadSettings.builder().build()).loadAllFromInputStream(text).forEach(documents::add);
    }
    return documents;
  }

  private static String kind(Object document) {
    Map<?, ?> map = (Map<?, ?>) document;
    return map.get("apiVersion") + "/" + map.get("kind");
  }

  private static List<String> check(Object document) throws ReflectiveOperationException {
    Class<?> model = KINDS.get(kind(document));
    if (model == null) {
      return List.of("no model for " + kind(document) + ": there are " + KINDS.keySet());
    }
    JsonElement said = JSON.getGson().toJsonTree(document);
    List<String> complaints = new ArrayList<>();
    try {
      model.getMethod("validateJsonElement", JsonElement.class).invoke(null, said);
      compare("", said, JSON.getGson().toJsonTree(JSON.getGson().fromJson(said, model)), complaints);
    } catch (java.lang.reflect.InvocationTargetException refused) {
      complaints.add(String.valueOf(refused.getCause().getMessage()));
    } catch (com.google.gson.JsonParseException refused) {
      complaints.add(String.valueOf(refused.getMessage()));
    }
    return complaints;
  }

  /** That everything that was said is understood as it was meant. */
  private static void compare(String at, JsonElement said, JsonElement read, List<String> complaints) {
    if (said.isJsonObject() && read.isJsonObject()) {
      said.getAsJsonObject()
          .entrySet()
          .forEach(
              each -> {
                String key = each.getKey();
                JsonElement other = read.getAsJsonObject().get(key);
                JsonElement value = each.getValue();
                if (WORDS.containsKey(key) && !WORDS.get(key).contains(value.getAsString())) {
                  complaints.add("%s.%s: %s is none of %s".formatted(at, key, value, WORDS.get(key)));
                }
                compare(at + "." + key, value, other == null ? JsonNull.INSTANCE : other, complaints);
              });
    } else if (said.isJsonArray() && read.isJsonArray() && said.getAsJsonArray().size() == read.getAsJsonArray().size()) {
      for (int i = 0; i < said.getAsJsonArray().size(); i++) {
        compare(at + "[" + i + "]", said.getAsJsonArray().get(i), read.getAsJsonArray().get(i), complaints);
      }
    } else if (!said.equals(read) && !(at.matches(".*\\.(limits|requests)\\..*") && said.getAsString().equals(read.getAsString()))) {
      complaints.add("%s: %s was understood as %s".formatted(at, said, read));
    }
  }
}

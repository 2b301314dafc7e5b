// Ownership as a value: whoever subscribes or acquires gets back the function that ends it.

export type Disposer = () => void;
